import { defined } from '../../domain/defined.ts';
import type { CloudEvent } from '../../domain/event/cloud-event.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import type { Instant } from '../../domain/time.ts';
import { shorter } from './card/shorten.ts';
import type { HookRecord } from './hook.ts';
import { HOOK_POSTED, type HookPosted } from './hook-posted.ts';
import type { Mapped, Message } from './message.ts';
import { wordOf } from './payload.ts';

/** Of a message as it is stored, in bytes of JSON: with the rest of the event below what a queue and the checks take. */
const LARGEST = 80_000;

/** The event that tells of a body, to whom its hook belongs. */
export async function eventOfPost(
  mapped: Mapped,
  {
    record,
    eventId,
    now,
    knows,
  }: {
    readonly record: HookRecord;
    readonly eventId: string;
    readonly now: Instant;
    readonly knows: (id: string) => Promise<boolean>;
  },
): Promise<CloudEvent> {
  const { key, sequence, isLast, message } = mapped;
  const { name, topic, rules } = record.value;
  const { onRepeat } = rules;
  const allowed = rules.mentions === true ? await withMentions(message, knows) : withoutMentions(message);
  const data: HookPosted = {
    hook: { id: record.key, name },
    to: topic === undefined ? { conversation: record.conversation } : { topic },
    message: bounded(allowed),
    ...(key === undefined
      ? {}
      : {
          delivery: {
            key,
            ...defined({ onRepeat }),
            ...(isLast === true ? { last: true } : {}),
          },
        }),
  };
  return {
    specversion: '1.0',
    id: eventId,
    source: sourceOf(record.key),
    type: HOOK_POSTED,
    time: now,
    data,
    ...defined({ sequence }),
  };
}

/** The event that says how many more there were beyond a hook's rate. */
export function eventOfCount(
  record: HookRecord,
  { over, window, now }: { readonly over: number; readonly window: string; readonly now: Instant },
): CloudEvent {
  const { name, topic } = record.value;
  const data: HookPosted = {
    hook: { id: record.key, name },
    to: topic === undefined ? { conversation: record.conversation } : { topic },
    message: {},
    more: over,
  };
  return {
    specversion: '1.0',
    id: `over-${window}`,
    source: sourceOf(record.key),
    type: HOOK_POSTED,
    time: now,
    data,
  };
}

function sourceOf(id: string): string {
  return `/hooks/${id}`;
}

/** What is stored of it; more than that nobody reads, wherever. */
function bounded(message: Message): Message {
  if (sizeOf(message) <= LARGEST) return message;
  for (const less of shorter(message)) if (sizeOf(less) <= LARGEST) return less;
  return { title: message.title ?? '\u2026' };
}

function sizeOf(message: Message): number {
  return Buffer.byteLength(JSON.stringify(message));
}

function withoutMentions({ mentions: _mentions, ...message }: Message): Message {
  return message;
}

/** Those who are known are mentioned where their name stands first; of others the name stays. */
async function withMentions(message: Message, knows: (id: string) => Promise<boolean>): Promise<Message> {
  const { mentions = [], cards = [], ...rest } = message;
  const kept: JsonObject[] = [];
  let shown: unknown = cards;
  for (const mention of mentions) {
    const { mentioned, text } = mention;
    if (!isJsonObject(mentioned) || typeof text !== 'string' || !(await knows(wordOf(mentioned.id))))
      continue;
    const name = text.replace(/<\/?at>/g, '');
    const marked = withMention(shown, name, text);
    if (!marked.isPlaced) continue;
    shown = marked.value;
    kept.push(mention);
  }
  return {
    ...rest,
    ...(Array.isArray(shown) && shown.length > 0 ? { cards: shown.filter(isJsonObject) } : {}),
    ...(kept.length > 0 ? { mentions: kept } : {}),
  };
}

function withMention(
  value: unknown,
  name: string,
  text: string,
): { readonly value: unknown; readonly isPlaced: boolean } {
  let isPlaced = false;
  return {
    value: visit(value),
    get isPlaced() {
      return isPlaced;
    },
  };

  function visit(each: unknown): unknown {
    if (Array.isArray(each)) return each.map(visit);
    if (!isJsonObject(each)) return each;
    const inner = Object.entries(each).map(([field, own]) => {
      if (
        !isPlaced &&
        field === 'text' &&
        each.type === 'TextBlock' &&
        typeof own === 'string' &&
        own.includes(name)
      ) {
        isPlaced = true;
        return [field, own.replace(name, text)] as const;
      }
      return [field, visit(own)] as const;
    });
    return Object.fromEntries(inner);
  }
}
