import { LANGUAGES } from '../../shared/console/read/asked.ts';
import { Outcome, Pending } from '../../shared/domain/delivery/delivery.ts';
import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { ParkingReason } from '../../shared/ports/event/parking.ts';
import {
  allOf,
  always,
  continuation,
  inPath,
  listOf,
  object,
  pageOf,
  paging,
  query,
  text,
  time,
  yes,
} from './console-parts.ts';
import { json, ref, refused } from './references.ts';

const states: JsonObject = { enum: [...Object.values(Outcome), ...Object.values(Pending)] };

const language = query('language', { enum: LANGUAGES }, 'Of whoever reads it; `en` where it is left out.');

const missing = (what: string): JsonObject => ({ '404': refused(what) });
const unreadable: JsonObject = { '400': refused('The request cannot be understood; every fault is named.') };

interface Read {
  readonly operationId: string;
  readonly summary: string;
  readonly answer: JsonObject;
  readonly parameters?: readonly JsonObject[];
  readonly refusals?: JsonObject;
}

/** @param path below `/console/` */
function read(
  path: string,
  { operationId, summary, answer, parameters = [], refusals = {} }: Read,
): JsonObject {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => inPath(name));
  const all = [...named, ...parameters];
  return {
    [`/console/${path}`]: {
      get: {
        operationId,
        summary,
        tags: ['console'],
        security: [{ console: ['reader'] }],
        ...(all.length === 0 ? {} : { parameters: all }),
        responses: { '200': { description: summary, ...json(answer) }, ...refusals, ...always },
      },
    },
  };
}

/** What the console reads. It changes nothing, and anybody with the role `Notifier.Reader` may ask. */
export const consolePaths: JsonObject = {
  ...read('me', {
    operationId: 'consoleMe',
    summary: 'Who asks, and what they may do.',
    answer: ref('ConsoleMe'),
  }),
  ...read('now', {
    operationId: 'consoleNow',
    summary: 'How it is at this moment.',
    answer: ref('ConsoleNow'),
    parameters: [language],
    refusals: unreadable,
  }),
  ...read('notifications', {
    operationId: 'consoleNotifications',
    summary: 'What was accepted, newest first.',
    answer: pageOf(ref('ConsoleNotification')),
    parameters: [
      query('since', time, 'Default: 30 days ago.'),
      query('until', time),
      query('outcome', states, 'Only what ended, or stands, so for somebody.'),
      query('kind', text, 'The type of its events.'),
      query('source', text, 'A part of it.'),
      query(
        'text',
        text,
        'Words, each a part of what people read in any language of the console, of the subject, of the id of the event or of the id.',
      ),
      query('scheduled', { const: '1' }, 'Only what is for a time that has not come.'),
      language,
      ...paging,
    ],
    refusals: unreadable,
  }),
  ...read('notifications/{id}', {
    operationId: 'consoleNotification',
    summary: 'One notification, as people see it.',
    answer: ref('ConsoleNotificationDetails'),
    parameters: [language],
    refusals: { ...unreadable, ...missing('No notification with this id was accepted.') },
  }),
  ...read('notifications/{id}/recipients', {
    operationId: 'consoleRecipients',
    summary: 'Whom it was addressed to, and what became of it for each.',
    answer: pageOf(ref('ConsoleRecipient')),
    parameters: [query('outcome', states), query('reason', text), ...paging],
    refusals: { ...unreadable, ...missing('No notification with this id was accepted.') },
  }),
  ...read('people', {
    operationId: 'consolePeople',
    summary:
      "People by the beginning of a word of their name, mail or id, by a key, or by the channel's id of a conversation.",
    answer: object({ items: listOf(ref('ConsolePerson')), more: yes }, { continuation }),
    parameters: [query('text', text), ...paging],
    refusals: unreadable,
  }),
  ...read('people/{key}', {
    operationId: 'consolePerson',
    summary:
      "How it stands with somebody, by any key of theirs or the channel's id of a conversation: where they are reached, what they wish, what is held back.",
    answer: ref('ConsolePersonDetails'),
    refusals: missing('Nobody is known by this key.'),
  }),
  ...read('people/{key}/notifications', {
    operationId: 'consoleTimeline',
    summary: 'What somebody was addressed by within 30 days, newest first, each with why it was told or not.',
    answer: pageOf(ref('ConsoleTold')),
    parameters: [language, ...paging],
    refusals: { ...unreadable, ...missing('Nobody is known by this key.') },
  }),
  ...read('parked', {
    operationId: 'consoleParked',
    summary: 'What could not be used or finished.',
    answer: pageOf(ref('ConsoleParked')),
    parameters: [query('reason', { enum: Object.values(ParkingReason) }), language, ...paging],
    refusals: unreadable,
  }),
  ...read('parked/{id}', {
    operationId: 'consoleParkedItem',
    summary: 'One parked item with its original.',
    answer: ref('ConsoleParkedDetails'),
    parameters: [language],
    refusals: { ...unreadable, ...missing('Nothing is parked under this id.') },
  }),
  ...read('hooks', {
    operationId: 'consoleHooks',
    summary: 'The web hooks of everybody, without what opens them.',
    answer: pageOf(ref('ConsoleHook')),
    parameters: paging,
    refusals: unreadable,
  }),
  ...read('topics', {
    operationId: 'consoleTopics',
    summary: 'Topics that are offered, or on which anything went out within 7 days.',
    answer: pageOf(ref('ConsoleTopic')),
    parameters: [query('text', text, 'A part of their names.'), language, ...paging],
    refusals: unreadable,
  }),
  ...read('settings', {
    operationId: 'consoleSettings',
    summary: 'What the app is set to; `set` stands for what may be a key.',
    answer: allOf(ref('ConsoleSetting')),
  }),
  ...read('kinds', {
    operationId: 'consoleKinds',
    summary: 'The kinds of notification that may be sent.',
    answer: allOf(ref('ConsoleKind')),
    parameters: [language],
    refusals: unreadable,
  }),
  ...read('schema/{type}', {
    operationId: 'consoleSchema',
    summary: 'What `data` of a kind looks like, as JSON Schema.',
    answer: { type: 'object', required: ['$schema', '$id', 'type'] },
    refusals: missing('There is no such kind.'),
  }),
  ...read('audit', {
    operationId: 'consoleAudit',
    summary: 'Who did what within 90 days, newest first.',
    answer: pageOf(ref('ConsoleAudit')),
    parameters: paging,
    refusals: unreadable,
  }),
};
