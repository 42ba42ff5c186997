import type { eventFlags } from './event-flags.ts';
import { flagOfKindField } from './kind-flags.ts';

type Name = keyof typeof eventFlags;

const flagsOf: { readonly [field: string]: readonly Name[] } = {
  id: ['id'],
  source: ['source'],
  type: ['type'],
  subject: ['subject'],
  time: ['time'],
  data: ['data', 'text', 'card'],
  'data.to': ['to-everyone', 'to-user', 'to-conversation', 'to-topic', 'to-audience'],
  'data.except': ['except-user', 'except-conversation', 'except-topic', 'except-audience'],
  'data.to.channel': ['user-channel'],
  'data.text': ['text'],
  'data.card': ['card'],
  'data.delivery.mode': ['mode'],
  'data.delivery.maxWait': ['max-wait'],
  'data.delivery.onDeadline': ['on-deadline'],
  'data.delivery.at': ['at', 'at-local'],
  'data.delivery.at.local': ['at-local'],
  'data.delivery.expiresAt': ['expires-at'],
  'data.delivery.onUnconfirmed': ['on-unconfirmed'],
  'data.delivery.key': ['key'],
  'data.delivery.onRepeat': ['on-repeat'],
  'data.delivery.last': ['last'],
  sequence: ['sequence'],
};

/** The flags that say a field of an event: `--to-everyone, --to-user, …`; `--data` for what has none of its own. */
export function flagOfField(path: string): string {
  const field = path.replace(/\[.*$/, '');
  const ofKind = flagOfKindField(field.replace(/^data\./, ''));
  const names = flagsOf[field] ?? (ofKind === undefined ? ['data'] : [ofKind]);
  return names.map((name) => `--${name}`).join(', ');
}
