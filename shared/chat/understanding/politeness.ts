import { behindEach, withoutTail } from '../../domain/text.ts';

/** What people say before what they want, and what takes nothing from it: `hi remind me to stretch in 2 minutes`. */
const POLITE =
  /(?:hi|hello|hey|hallo|moin|servus|guten (?:morgen|tag|abend)|good (?:morning|afternoon|evening)|there|bot|notifier|please|pls|thanks|thank you|thx|danke|ok|okay|bitte|so|and|now|jetzt|mal|(?:can|could|would|will) you|(?:i|we)(?:'d| would) (?:like|love) (?:you )?to|i (?:want|need) (?:you )?to|(?:kannst|könntest|würdest) du|ich (?:möchte|will|würde gern(?:e)?))(?:[\s,.!:]+|$)/iy;

/** What people say behind it. */
const THANKS = /[\s,](?:please|pls|thanks|thank you|thx|bitte|danke)$/i;
/** The longest of them, with what stands around it. */
const LONGEST_THANKS = 30;

/** The index behind what is said before what somebody wants. */
export function behindPoliteness(text: string): number {
  return behindEach(POLITE, text);
}

/** What somebody wants, without what is said before it: nothing of a mere greeting. */
export function withoutPoliteness(text: string): string {
  return text.slice(behindPoliteness(text));
}

/** What somebody wants, without a thank-you at its end. */
export function withoutThanks(text: string): string {
  const bare = withoutTail(text, /[\s.!]/);
  const end = bare.slice(-LONGEST_THANKS);
  const thanks = THANKS.exec(end);
  return thanks === null
    ? text
    : withoutTail(bare.slice(0, bare.length - end.length + thanks.index), /[\s,]/);
}
