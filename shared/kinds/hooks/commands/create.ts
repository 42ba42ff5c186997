import type { Command } from '../../../chat/commands/command.ts';
import { plain } from '../../../chat/markdown.ts';
import type { Reply, Turn } from '../../../chat/turn.ts';
import { defined } from '../../../domain/defined.ts';
import { parseTopic } from '../../../domain/event/topic.ts';
import { hashOf } from '../../../domain/hash.ts';
import { proofsOf } from '../../../domain/identity/proofs.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import { type HookRecord, MOST_HOOKS } from '../hook.ts';
import { HOOK_POSTED, type HookPosted } from '../hook-posted.ts';
import { wordsFor } from '../words/words.ts';
import { addressReply, type HookDesk, isPlace, refusal, withNewSecret } from './desk.ts';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;
/** Words that a command about hooks begins with. */
const TAKEN: ReadonlySet<string> = new Set(['help', 'address', 'hilfe']);

/** `create webhook <name> [as <topic>]` */
export function createWebhook(desk: HookDesk): Command {
  return {
    name: 'create webhook',
    does: (locale) => wordsFor(locale).commands['create webhook'],
    usage: 'create webhook <name> [as <topic>]',
    group: 'news',
    example: { en: 'create webhook grafana', de: 'webhook anlegen grafana' },
    said: {
      en: ['new webhook <name>', 'add webhook <name>', 'create a webhook <name>', 'make a webhook <name>'],
      de: [
        'webhook anlegen <name>',
        'erstelle webhook <name>',
        'neuer webhook <name>',
        'webhook erstellen <name>',
        'webhook <name> anlegen',
        'webhook <name> erstellen',
        'lege webhook <name> an',
        'lege einen webhook <name> an',
      ],
    },
    async run(turn, argument) {
      const words = wordsFor(turn.locale).chat;
      const refused = await refusal(desk, turn);
      if (refused !== undefined) return refused;
      if (argument === '') return { text: words.whichName, asks: { completes: 'create webhook {}' } };
      const [name = '', as = '', ...topicWords] = argument.toLowerCase().split(/\s+/);
      const isAs = /^(?:as|als)$/.test(as) && topicWords.length > 0;
      if (!NAME.test(name) || TAKEN.has(name) || (as !== '' && !isAs)) return { text: words.badName };
      const topic = isAs ? topicWords.join(' ') : undefined;
      if (topic !== undefined && !isAllowed(topic, desk.settings.hookTopics)) {
        return {
          text: words.badTopic(
            plain(topic),
            desk.settings.hookTopics.map((each) => `**${plain(each)}**`).join(', '),
          ),
        };
      }
      const key = hashOf('hook\n', turn.id).slice(0, 16);
      // The same turn again makes the same hook.
      const others = (await desk.hooks.of(turn.conversation.key)).filter((record) => record.key !== key);
      if (others.some((record) => record.value.name === name)) {
        return { text: words.isThere(plain(name)), suggestions: [`rotate webhook ${name}`, 'webhooks'] };
      }
      if (others.length >= MOST_HOOKS) return { text: words.tooMany(MOST_HOOKS), suggestions: ['webhooks'] };
      const record: HookRecord = {
        conversation: turn.conversation.key,
        tenant: turn.conversation.tenant,
        key,
        value: { name, createdAt: desk.clock.now(), rules: {}, ...defined({ topic }) },
      };
      return isPlace(turn)
        ? inPlace(desk, turn, record)
        : addressReply(turn, name, await withNewSecret(desk, record));
    },
  };
}

/** Whether a topic is one that operators let hooks tell. */
function isAllowed(text: string, patterns: readonly string[]): boolean {
  const topic = parseTopic(text);
  if (!topic.ok) return false;
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? topic.value.startsWith(pattern.slice(0, -1)) : topic.value === pattern,
  );
}

/** A place is read by all: the address is shown to who asked, where they are alone with the bot. */
async function inPlace(desk: HookDesk, turn: Turn, record: HookRecord): Promise<Reply> {
  const words = wordsFor(turn.locale).chat;
  const shownTo = await personalOf(desk, turn);
  if (shownTo === undefined) return { text: words.writeMeFirst };
  await desk.hooks.put({ ...record, value: { ...record.value, shownTo } });
  await invite(desk, record, shownTo, turn.id);
  return { text: words.sentToYou(record.value.name), suggestions: ['webhooks'] };
}

/** Tells somebody, where they are alone, that an address is ready; it is made when they ask to see it. */
export async function invite(
  desk: HookDesk,
  { key, value }: HookRecord,
  shownTo: ConversationKey,
  turn: string,
): Promise<void> {
  const data: HookPosted = {
    hook: { id: key, name: value.name },
    to: { conversation: shownTo },
    message: {},
    isReady: true,
  };
  await desk.announce({
    source: '/hooks',
    eventId: `${key}-${turn}`,
    type: HOOK_POSTED,
    data,
    conversation: shownTo,
  });
}

export async function personalOf(
  desk: HookDesk,
  { speaker, conversation }: Turn,
): Promise<ConversationKey | undefined> {
  for (const { person } of proofsOf(speaker, conversation, desk.vouching)) {
    const known = await desk.conversations.findPerson(person);
    if (known?.personal !== undefined) return known.personal;
  }
  return undefined;
}
