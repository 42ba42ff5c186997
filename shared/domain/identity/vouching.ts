import { type Fault, type Parsed, parsed } from '../fault.ts';

/**
 * Channels of Azure Bot Service where the channel, not the client, says who speaks.
 *
 * Never among them: `webchat`, `directline`, `directlinespeech` and `emulator`, where whoever writes chooses `from.id`,
 * and whatever is not known here.
 */
export const VOUCHABLE_CHANNELS: readonly string[] = [
  'msteams',
  'slack',
  'telegram',
  'email',
  'sms',
  'facebook',
  'line',
  'groupme',
  'kik',
  'skype',
  'twilio-sms',
  'viber',
  'wechat',
  'kakaotalk',
];

const CHOSEN_BY_CLIENT: readonly string[] = ['webchat', 'directline', 'directlinespeech', 'emulator'];

/** Every channel of Azure Bot Service that is known by name. */
export const KNOWN_CHANNELS: readonly string[] = [...VOUCHABLE_CHANNELS, ...CHOSEN_BY_CLIENT];

/** Ids of channels compare without case: the channel writes its own in small letters, an author as they like. */
export function isSameChannel(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The one channel whose Entra object ids are believed. */
const ENTRA_CHANNEL = 'msteams';

/** Whose word is taken for who speaks. */
export interface Vouching {
  /** Channels whose user ids are believed; `all` on the local stack, where everybody is made up. */
  readonly channels: ReadonlySet<string> | 'all';
}

/** As on the local stack: whatever anybody says of themselves is believed. */
export const vouchesForAll: Vouching = { channels: 'all' };

export function vouchesFor({ channels }: Vouching, channelId: string): boolean {
  return channels === 'all' || channels.has(channelId);
}

/** Whether an Entra object id is believed that comes from this channel. */
export function vouchesForEntra(vouching: Vouching, channelId: string): boolean {
  return vouching.channels === 'all' || (channelId === ENTRA_CHANNEL && vouchesFor(vouching, channelId));
}

/**
 * Reads a list of channel ids parted by commas. An absent or blank text stands for all of `VOUCHABLE_CHANNELS`, on the
 * local stack for everybody.
 */
export function parseVouching(
  text: string | undefined,
  { isLocal }: { readonly isLocal: boolean },
): Parsed<Vouching> {
  if (text === undefined || text.trim() === '') {
    return parsed(isLocal ? vouchesForAll : { channels: new Set(VOUCHABLE_CHANNELS) });
  }
  const names = text.split(',').map((part) => part.trim().toLowerCase());
  const faults = names.flatMap((name): readonly Fault[] => {
    const rule = ruleBrokenBy(name);
    return rule === undefined ? [] : [{ path: '', message: `holds "${name.slice(0, 50)}": ${rule}` }];
  });
  return faults.length > 0 ? { ok: false, faults } : parsed({ channels: new Set(names) });
}

function ruleBrokenBy(name: string): string | undefined {
  if (VOUCHABLE_CHANNELS.includes(name)) return undefined;
  if (name === '') return 'an empty entry; remove the comma too many';
  return CHOSEN_BY_CLIENT.includes(name)
    ? 'there the client chooses its own id, so nobody vouches for it; leave it out'
    : `no channel that is known to vouch for its users; known are ${VOUCHABLE_CHANNELS.join(', ')}`;
}
