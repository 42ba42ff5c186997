import { behindEach } from '../domain/text.ts';

/** What people say before what they want, and what takes nothing from it: `hi remind me to stretch in 2 minutes`. */
const POLITE =
  /(?:hi|hello|hey|hallo|moin|servus|guten (?:morgen|tag|abend)|good (?:morning|afternoon|evening)|there|bot|notifier|please|pls|thanks|thank you|thx|danke|ok|okay|bitte|so|and|now|(?:can|could|would|will) you)(?:[\s,.!:]+|$)/iy;

/** The index behind what is said before what somebody wants. */
export function behindPoliteness(text: string): number {
  return behindEach(POLITE, text);
}

/** What somebody wants, without what is said before it: nothing of a mere greeting. */
export function withoutPoliteness(text: string): string {
  return text.slice(behindPoliteness(text));
}
