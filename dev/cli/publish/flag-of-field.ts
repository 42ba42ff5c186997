import type { eventFlags } from './event-flags.ts';

type Name = keyof typeof eventFlags;

const flagsOf: { readonly [field: string]: readonly Name[] } = {
  id: ['id'],
  source: ['source'],
  type: ['type'],
  subject: ['subject'],
  time: ['time'],
  data: ['data', 'text', 'card'],
  'data.to': ['to-everyone', 'to-user', 'to-conversation', 'to-topic'],
  'data.to.channel': ['user-channel'],
  'data.text': ['text'],
  'data.card': ['card'],
  'data.question': ['question'],
  'data.choices': ['choice'],
  'data.replyTo': ['reply-to'],
  'data.pipeline': ['pipeline'],
  'data.number': ['number'],
  'data.status': ['status'],
  'data.branch': ['branch'],
  'data.hotelId': ['hotel-id'],
  'data.hotelName': ['hotel-name'],
  'data.city': ['city'],
  'data.price': ['price'],
  'data.currency': ['currency'],
  'data.url': ['link'],
  'data.delivery.mode': ['mode'],
  'data.delivery.maxWait': ['max-wait'],
  'data.delivery.onDeadline': ['on-deadline'],
  'data.delivery.at': ['at', 'at-local'],
  'data.delivery.at.local': ['at-local'],
  'data.delivery.expiresAt': ['expires-at'],
  'data.delivery.onUnconfirmed': ['on-unconfirmed'],
};

/** The flags that say a field of an event: `--to-everyone, --to-user, …`; `--data` for what has none of its own. */
export function flagOfField(path: string): string {
  const field = path.replace(/\[.*$/, '');
  return (flagsOf[field] ?? ['data']).map((name) => `--${name}`).join(', ');
}
