import { behindEach, withoutTail } from '../../domain/text.ts';

/** What people say before what they want, and what takes nothing from it: `hi remind me to stretch in 2 minutes`. */
const POLITE =
  /(?:hi|hello|hey|hallo|moin|servus|guten (?:morgen|tag|abend)|good (?:morning|afternoon|evening)|there|bot|notifier|please|pls|thanks|thank you|thx|danke|ok|okay|bitte|so|and|now|jetzt|mal|(?:can|could|would|will) you|(?:i|we)(?:'d| would) (?:like|love) (?:you )?to|i (?:want|need) (?:you )?to|(?:kannst|könntest|würdest) du|ich (?:möchte|will|würde gern(?:e)?))(?:[\s,.!:]+|$)/iy;

/** What people say behind it. */
const THANKS =
  /[\s,](please|pls|plz|bitte|(?:many |vielen |herzlichen |besten )?(?:thanks|thank you|thx|dank|danke|dankeschön)(?: a lot| so much| very much| schön| sehr| dir)?)$/i;
/** The longest of them, with what stands around it. */
const LONGEST_THANKS = 40;

/** The index behind what is said before what somebody wants. */
export function behindPoliteness(text: string): number {
  return behindEach(POLITE, text);
}

/** What somebody wants, without what is said before it: nothing of a mere greeting. */
export function withoutPoliteness(text: string): string {
  return text.slice(behindPoliteness(text));
}

/** A thank-you at the end that may be what is spoken of: `mute thanks`, and not `mute, thanks`. */
export function thanksBehind(text: string): string | undefined {
  const end = withoutTail(text, /[\s.!?]/).slice(-LONGEST_THANKS);
  const thanks = THANKS.exec(end);
  // A comma, or the end of a sentence, parts it from what stands before it.
  const before = withoutTail(end.slice(0, (thanks?.index ?? 0) + 1), /\s/);
  return /[^,.!?]$/.test(before) ? thanks?.[1] : undefined;
}

/** Whether that is thanks, and no `please`. */
export function isThanksBehind(text: string): boolean {
  return /(?:thank|thx|dank)/i.test(thanksBehind(text) ?? '');
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
