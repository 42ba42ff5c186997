import { randomBytes } from 'node:crypto';
import { plain } from '../../../chat/markdown.ts';
import type { Reply, Turn } from '../../../chat/turn.ts';
import { vouchesFor } from '../../../domain/identity/vouching.ts';
import type { World } from '../../kind.ts';
import { addressKey, type HookRecord, type HookStore, hashOfSecret } from '../hook.ts';
import { type Words, wordsFor } from '../words/words.ts';

export type HookDesk = Pick<
  World,
  'mayManage' | 'conversations' | 'vouching' | 'clock' | 'origin' | 'settings' | 'announce'
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

/** Gives a hook a secret that is shown once. @returns its address, or what there is of one */
export async function withNewSecret(
  desk: HookDesk,
  record: HookRecord,
  change: Partial<HookRecord['value']> = {},
): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await desk.hooks.put({ ...record, value: { ...record.value, ...change, hash: hashOfSecret(secret) } });
  return `${desk.origin ?? 'https://<host>'}/api/hooks/${addressKey(record.key, secret)}`;
}

/** The address as one line that can be copied, and what to do with it. Said in personal chats only. */
export function addressReply(turn: Turn, name: string, address: string): Reply {
  const words = wordsFor(turn.locale).chat;
  return {
    text: [words.addressOf(name), '', `\`${address}\``, '', words.shownOnce].join('\n'),
    suggestions: [`webhook help ${name}`, 'webhooks'],
  };
}
