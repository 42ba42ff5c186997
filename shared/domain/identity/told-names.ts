import { type Duration, days, type Instant } from '../time.ts';

/** Names by which people go beside their ids, as no activity but a roster or a directory tells them. */
export type NameKind = 'userPrincipalName' | 'mail';

/** In the order in which a name is looked up. */
export const nameKinds: readonly NameKind[] = ['userPrincipalName', 'mail'];

export type ToldNames = { readonly [kind in NameKind]?: string };

/** What was told of somebody, and when. */
export interface KnownNames extends ToldNames {
  readonly toldAt: Instant;
}

/** A name may be given to somebody else: longer than this nobody goes by it. */
const BELIEVED_FOR: Duration = days(30);
/** So long before that the roster is asked again. */
export const ASKED_AGAIN_AFTER: Duration = days(25);

/** The longest mail address; user principal names are shorter. */
const LONGEST_NAME = 320;
const NAME = /^[^\s@]+@[^\s@]+$/;

/** Whether a text may be one: an id that holds no `@` is looked for nowhere else. */
export function isName(text: string): boolean {
  return text.length <= LONGEST_NAME && text.isWellFormed() && NAME.test(text);
}

/** A name as it is compared. */
export function comparableName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Those names that are still believed. A time in the future was told by a wrong clock. */
export function believedNames(known: KnownNames | undefined, now: Instant): ToldNames {
  if (known === undefined || now >= known.toldAt + BELIEVED_FOR || known.toldAt > now + days(1)) return {};
  const { toldAt: _when, ...names } = known;
  return names;
}

/** What may be kept of what a roster or a directory told. */
export function usableNames(told: ToldNames): ToldNames {
  const { userPrincipalName, mail } = told;
  return {
    ...(userPrincipalName !== undefined && isName(userPrincipalName) ? { userPrincipalName } : {}),
    ...(mail !== undefined && isName(mail) ? { mail } : {}),
  };
}

/** The one channel whose rosters tell names, and who owns what. */
export function hasRoster(channelId: string): boolean {
  return channelId === 'msteams';
}
