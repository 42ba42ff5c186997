import { defined } from '../domain/defined.ts';
import { isNotificationId, type NotificationId } from '../domain/ids.ts';

/** Where to begin to read what a digest or a message did not show in full. */
export interface MissedPlace {
  /** The digest, or the message that was cut. */
  readonly entry: NotificationId;
  /** The member of the digest; absent: the first. */
  readonly member?: NotificationId;
  /** The piece of a long text, from 0. */
  readonly piece: number;
  /** Whether to go on with what came before it, when all of it was read. */
  readonly goesOn: boolean;
}

/** What the button `Show all` says: the name of its command, and where to begin. */
export const SHOW_ALL = 'show all';

/** `show all <entry> [<member> [<piece>]]`, with `and older` at its end where it goes on. */
export function showAllCommand(
  entry: NotificationId,
  member?: NotificationId,
  { piece = 0, goesOn = false }: Partial<Pick<MissedPlace, 'piece' | 'goesOn'>> = {},
): string {
  return [
    SHOW_ALL,
    entry,
    ...(member === undefined ? [] : [member]),
    ...(member === undefined || piece === 0 ? [] : [piece]),
    ...(goesOn ? ['and older'] : []),
  ].join(' ');
}

/** Reads what follows the name of the command; `undefined` for what no button of ours says. */
export function parsePlace(argument: string): MissedPlace | undefined {
  const [, entry, member, piece = '0', older] =
    /^([\w-]{43})(?: ([\w-]{43})(?: (\d{1,6}))?)?( and older)?$/.exec(argument) ?? [];
  if (entry === undefined || !isNotificationId(entry)) return undefined;
  if (member !== undefined && !isNotificationId(member)) return undefined;
  return {
    entry,
    ...defined({ member }),
    piece: Number(piece),
    goesOn: older !== undefined,
  };
}
