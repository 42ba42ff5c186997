import { randomBytes } from 'node:crypto';
import { describeTime } from '../../../calendar/describe-time.ts';
import { plain } from '../../../chat/markdown.ts';
import type { Reply, Turn } from '../../../chat/turn.ts';
import { vouchesFor } from '../../../domain/identity/vouching.ts';
import type { Instant } from '../../../domain/time.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import type { World } from '../../kind.ts';
import { MOST_FORMER, replaceableFrom, withFormer } from '../former-addresses.ts';
import { addressKey, type Hook, type HookRecord, type HookStore, hashOfSecret } from '../hook.ts';
import { type Words, wordsFor } from '../words/words.ts';

export type HookDesk = Pick<
  World,
  | 'mayManage'
  | 'conversations'
  | 'addressees'
  | 'vouching'
  | 'clock'
  | 'origin'
  | 'settings'
  | 'announce'
  | 'personZone'
> & {
  readonly hooks: HookStore;
};

export type HookWords = Words['chat'];

/** `undefined` where who speaks may change the hooks of this conversation; else what they are told. */
export async function refusal(desk: HookDesk, turn: Turn): Promise<Reply | undefined> {
  const words = wordsFor(turn.locale).chat;
  if (!vouchesFor(desk.vouching, turn.conversation.channelId)) return { text: words.notHere };
  const allowed = await desk.mayManage(turn);
  if (allowed.may) return undefined;
  const installer = allowed.installer === undefined ? undefined : plain(allowed.installer);
  return { text: words.mayNot(installer, allowed.isTeam) };
}

/** A hook of this conversation by what it is called. */
export async function hookNamed(desk: HookDesk, turn: Turn, name: string): Promise<HookRecord | undefined> {
  const own = await desk.hooks.of(turn.conversation.key);
  return own.find((record) => record.value.name === name.toLowerCase());
}

/** What is said where there is none of this name, with those that there are. */
export async function noSuch(desk: HookDesk, turn: Turn, name: string): Promise<Reply> {
  const words = wordsFor(turn.locale).chat;
  const own = await desk.hooks.of(turn.conversation.key);
  return {
    text: own.length === 0 ? words.none : words.noSuch(plain(name)),
    suggestions: own.length === 0 ? ['create webhook alerts'] : ['webhooks'],
  };
}

export function isPlace(turn: Turn): boolean {
  return turn.conversation.conversationType !== 'personal';
}

/** Keeps a new hook with a secret that is shown once. @returns its address */
export async function withNewSecret(desk: HookDesk, record: HookRecord): Promise<string> {
  const { hash, address } = newAddress(desk, record.key);
  await desk.hooks.put({ ...record, value: { ...record.value, hash } });
  return address;
}

export type Replaced =
  | { readonly kind: 'replaced'; readonly name: string; readonly address: string }
  /** As many that were replaced work still as may at the same time. */
  | { readonly kind: 'too-many'; readonly name: string; readonly from: Instant }
  /** There is no such hook any more, or it is not for whoever asks. */
  | { readonly kind: 'gone' };

/**
 * Replaces the address of a hook as it is stored then; those before it work on.
 *
 * @param change what else is to become of it; `undefined` where it is not for whoever asks
 */
export async function replaceAddress(
  desk: HookDesk,
  { conversation, key }: HookRecord,
  change: (hook: Hook) => Hook | undefined = (hook) => hook,
): Promise<Replaced> {
  return untilWritten('replace the address of a web hook', async (): Promise<Replaced | typeof LOST> => {
    const stored = await desk.hooks.find(conversation, key);
    const value = stored === undefined ? undefined : change(stored.record.value);
    if (stored === undefined || value === undefined) return { kind: 'gone' };
    const now = desk.clock.now();
    const { name } = value;
    const from = replaceableFrom(value, now);
    if (from > now) return { kind: 'too-many', name, from };
    const { hash, address } = newAddress(desk, key);
    const next = { ...stored.record, value: { ...withFormer(value, now), hash } };
    const isSaved = (await desk.hooks.change(next, stored.tag)) === 'saved';
    return isSaved ? { kind: 'replaced', name, address } : LOST;
  });
}

function newAddress({ origin = 'https://<host>' }: HookDesk, key: string) {
  const secret = randomBytes(32).toString('base64url');
  return { hash: hashOfSecret(secret), address: `${origin}/api/hooks/${addressKey(key, secret)}` };
}

/** What is said where no further address can be made yet, with when it can. */
export async function notYet(desk: HookDesk, turn: Turn, name: string, from: Instant): Promise<Reply> {
  const { zone } = await desk.personZone(turn.conversation);
  const when = describeTime(from, { now: desk.clock.now(), zone, locale: turn.locale });
  return {
    text: wordsFor(turn.locale).chat.notYet(plain(name), MOST_FORMER, when),
    suggestions: [`delete webhook ${name}`, 'webhooks'],
  };
}

/** The address as one line that can be copied, and what to do with it. Said in personal chats only. */
export function addressReply(turn: Turn, name: string, address: string): Reply {
  const words = wordsFor(turn.locale).chat;
  return {
    text: [words.addressOf(name), '', `\`${address}\``, '', words.shownOnce].join('\n'),
    suggestions: [`webhook help ${name}`, 'webhooks'],
  };
}
