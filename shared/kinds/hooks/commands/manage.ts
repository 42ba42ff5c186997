import type { Command } from '../../../chat/commands/command.ts';
import { plain } from '../../../chat/markdown.ts';
import type { Reply, Turn } from '../../../chat/turn.ts';
import { replaceableFrom } from '../former-addresses.ts';
import type { HookRecord } from '../hook.ts';
import { whoAsked } from '../who-asked.ts';
import { wordsFor } from '../words/words.ts';
import { invite, personalOf } from './create.ts';
import {
  addressReply,
  type HookDesk,
  type HookWords,
  hookNamed,
  isPlace,
  noSuch,
  notYet,
  refusal,
  replaceAddress,
} from './desk.ts';
import { LONGEST_PATH, type ReadRule, readRule, SECRET_LENGTH } from './rule.ts';

/** So much of what was not understood is said again. */
const LONGEST_SHOWN = 60;
/** Changed and deleted with one press. */
const MOST_OFFERED = 3;

/** `webhooks`: never an address, which is known to nobody any more. */
export function webhooks(desk: HookDesk): Command {
  return {
    name: 'webhooks',
    does: (locale) => wordsFor(locale).commands.webhooks,
    usage: 'webhooks',
    group: 'news',
    said: {
      en: ['list webhooks', 'my webhooks', 'show webhooks'],
      de: ['webhooks', 'meine webhooks', 'zeige webhooks', 'webhooks zeigen'],
    },
    async run(turn) {
      const words = wordsFor(turn.locale).chat;
      const own = await desk.hooks.of(turn.conversation.key);
      if (own.length === 0) return { text: words.none, suggestions: ['create webhook alerts'] };
      const lines = own.map(({ value: { name, topic, lastAt, rules } }) => {
        const details = [
          ...(topic === undefined ? [] : [words.as(plain(topic))]),
          lastAt === undefined ? words.neverUsed : words.lastUsed(day(lastAt)),
          ...(rules.onRepeat === undefined || rules.onRepeat === 'update' ? [] : [rules.onRepeat]),
          ...(rules.secret === undefined ? [] : [words.signed]),
        ];
        return `- **${plain(name)}**: ${details.join(', ')}`;
      });
      return {
        text: [words.list, '', ...lines].join('\n'),
        suggestions: own.slice(0, MOST_OFFERED).map(({ value }) => `webhook ${value.name}`),
      };
    },
  };
}

/** `rotate webhook <name>`: each former address works for a day more. */
export function rotateWebhook(desk: HookDesk): Command {
  return {
    name: 'rotate webhook',
    does: (locale) => wordsFor(locale).commands['rotate webhook'],
    usage: 'rotate webhook <name>',
    group: 'news',
    said: {
      en: ['webhook <name> rotate'],
      de: ['webhook erneuern <name>', 'erneuere webhook <name>', 'webhook <name> erneuern'],
    },
    async run(turn, argument) {
      const found = await chosen(desk, turn, argument, 'rotate webhook {}');
      if ('text' in found) return found;
      return isPlace(turn) ? rotateInPlace(desk, turn, found) : rotate(desk, turn, found);
    },
  };
}

async function rotate(desk: HookDesk, turn: Turn, found: HookRecord): Promise<Reply> {
  const replaced = await replaceAddress(desk, found);
  switch (replaced.kind) {
    case 'gone':
      return noSuch(desk, turn, found.value.name);
    case 'too-many':
      return notYet(desk, turn, replaced.name, replaced.from);
    case 'replaced': {
      const reply = addressReply(turn, replaced.name, replaced.address);
      return { ...reply, text: `${reply.text}\n\n${wordsFor(turn.locale).chat.formerWorks}` };
    }
  }
}

/** The present address works until the new one was seen. */
async function rotateInPlace(desk: HookDesk, turn: Turn, found: HookRecord): Promise<Reply> {
  const words = wordsFor(turn.locale).chat;
  const { name } = found.value;
  const now = desk.clock.now();
  const from = replaceableFrom(found.value, now);
  if (from > now) return notYet(desk, turn, name, from);
  const shownTo = await personalOf(desk, turn);
  if (shownTo === undefined) return { text: words.writeMeFirst };
  await desk.hooks.put({ ...found, value: { ...found.value, shownTo } });
  await invite(desk, found, shownTo, turn.id);
  return { text: words.sentToYou(name) };
}

/** `delete webhook <name>`: its address works no more at once. */
export function deleteWebhook(desk: HookDesk): Command {
  return {
    name: 'delete webhook',
    does: (locale) => wordsFor(locale).commands['delete webhook'],
    usage: 'delete webhook <name>',
    group: 'news',
    said: {
      en: [
        'remove webhook <name>',
        'revoke webhook <name>',
        'webhook <name> delete',
        'webhook <name> remove',
      ],
      de: [
        'webhook löschen <name>',
        'lösche webhook <name>',
        'webhook <name> löschen',
        'webhook <name> entfernen',
      ],
    },
    async run(turn, argument) {
      const found = await chosen(desk, turn, argument, 'delete webhook {}');
      if ('text' in found) return found;
      await desk.hooks.remove(found.conversation, found.key);
      return { text: wordsFor(turn.locale).chat.deleted(plain(found.value.name)), suggestions: ['webhooks'] };
    },
  };
}

/** What the button says that an address is fetched by, where who asked for it is alone. */
export function showAddress(desk: HookDesk): Command {
  return {
    name: 'webhook address',
    does: (locale) => wordsFor(locale).commands['webhook address'],
    usage: 'webhook address <id>',
    isForButtons: true,
    async run(turn, argument) {
      const { noAddress } = wordsFor(turn.locale).chat;
      const found = /^[\w-]{16}$/.test(argument) ? await desk.hooks.byId(argument) : undefined;
      if (found === undefined || isPlace(turn)) return { text: noAddress };
      const { value } = found.record;
      const asked = await whoAsked(desk, value);
      // It is shown once: whoever asks again is not the one any more whom it is for.
      const replaced = await replaceAddress(desk, found.record, ({ shownTo, ...hook }) =>
        asked?.key === turn.conversation.key && shownTo === value.shownTo ? hook : undefined,
      );
      if (replaced.kind === 'gone') return { text: noAddress };
      if (replaced.kind === 'too-many') return notYet(desk, turn, replaced.name, replaced.from);
      return addressReply(turn, replaced.name, replaced.address);
    },
  };
}

/** `webhook <name> ...` and `webhook help <tool>` */
export function webhook(desk: HookDesk): Command {
  return {
    name: 'webhook',
    does: (locale) => wordsFor(locale).commands.webhook,
    usage: 'webhook <name> [secret|key|reply|update|new|mentions|answer ...]',
    group: 'news',
    example: { en: 'webhook grafana reply', de: 'webhook grafana reply' },
    said: { de: ['webhook <name>'] },
    takesWords: true,
    async run(turn, argument) {
      const words = wordsFor(turn.locale).chat;
      const [name = '', rule = '', ...rest] = argument.split(/\s+/);
      if (/^(?:help|hilfe)$/i.test(name))
        return { text: helpFor(rule.toLowerCase(), turn.locale), suggestions: ['webhooks'] };
      const found = await chosen(desk, turn, name, 'webhook {}', { isReading: rule === '' });
      if ('text' in found) return found;
      if (rule === '') return described(found, turn);
      const read = readRule(rule, rest.join(' ').trim());
      if (!read.ok) return { text: faultOf(read, plain(found.value.name), words) };
      const rules = Object.fromEntries(
        Object.entries({ ...found.value.rules, ...read.change }).filter(([, value]) => value !== undefined),
      );
      await desk.hooks.put({ ...found, value: { ...found.value, rules } });
      return { text: words.changed(plain(found.value.name)), suggestions: [`webhook ${found.value.name}`] };
    },
  };
}

function described({ value: { name, rules } }: HookRecord, turn: Turn): Reply {
  const words = wordsFor(turn.locale).chat;
  const lines = [
    words.ruleReply(rules.onRepeat ?? 'update'),
    words.ruleKey(rules.key === undefined ? undefined : plain(rules.key)),
    words.ruleSecret(rules.secret !== undefined),
    words.ruleMentions(rules.mentions === true),
    words.ruleAnswer(rules.answer),
  ];
  return {
    text: [`**${plain(name)}**`, '', ...lines.map((line) => `- ${line}`), '', words.rules(plain(name))].join(
      '\n',
    ),
    suggestions: [`rotate webhook ${name}`, `delete webhook ${name}`, `webhook help ${name}`],
  };
}

function faultOf(
  { rule, value }: Extract<ReadRule, { readonly ok: false }>,
  name: string,
  words: HookWords,
): string {
  const said = plain(value, LONGEST_SHOWN);
  switch (rule) {
    case 'none':
      return `${words.noRule(said)} ${words.rules(name)}`;
    case 'key':
      return words.badKey(name, said, LONGEST_PATH);
    // A secret is not said again.
    case 'secret':
      return words.badSecret(name, value.length, SECRET_LENGTH);
    case 'mentions':
      return words.badMentions(name, said);
    case 'answer':
      return words.badAnswer(name, said);
    default:
      return words.takesNothing(name, rule, said);
  }
}

async function chosen(
  desk: HookDesk,
  turn: Turn,
  name: string,
  completes: string,
  { isReading = false }: { readonly isReading?: boolean } = {},
): Promise<HookRecord | Reply> {
  const refused = isReading ? undefined : await refusal(desk, turn);
  if (refused !== undefined) return refused;
  if (name === '') {
    const own = await desk.hooks.of(turn.conversation.key);
    const offered = own.slice(0, MOST_OFFERED).map(({ value }) => completes.replace('{}', value.name));
    if (own.length === 0) return noSuch(desk, turn, name);
    return { text: wordsFor(turn.locale).chat.which, suggestions: offered, asks: { completes } };
  }
  return (await hookNamed(desk, turn, name)) ?? noSuch(desk, turn, name);
}

/** Three lines for the tool at hand. */
function helpFor(tool: string, locale: string): string {
  const { tools, anyTool } = wordsFor(locale);
  const known = Object.entries(tools).find(([name]) => tool.includes(name));
  return known === undefined ? anyTool : known[1];
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
