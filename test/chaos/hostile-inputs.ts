import type { ServiceBusMessage } from '@azure/service-bus';
import fc from 'fast-check';
import { hostileCards, hostileInvokes } from './hostile-cards.ts';

/*
 * What somebody might send who means harm, or whose software is broken. None of it names a person whom the bot knows,
 * so nothing of it may reach anybody.
 */

/** Names by which a body could pass for the broker's own metadata, and those that lead to a prototype. */
const treacherousNames = [
  'deliveryCount',
  'DeliveryCount',
  'lockToken',
  'messageId',
  'MessageId',
  'sequenceNumber',
  'enqueuedTimeUtc',
  'applicationProperties',
  'userProperties',
  'contentType',
  'subject',
  'call',
  'job',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
];

const treacherousTexts = fc.constantFrom(
  '',
  ' ',
  '0',
  '1e999',
  '-1',
  'null',
  'NaN',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "' or 1 eq 1",
  "PartitionKey eq ''",
  '\u0000',
  '\uD800',
  'a\u202Eb',
  'x'.repeat(2000),
  '2026-13-45T99:99:99Z',
  '99999999-12-31T00:00:00Z',
  'P9999999999999999D',
  '{"call":{}}',
);

const anyText = fc.oneof(treacherousTexts, fc.string({ unit: 'binary', maxLength: 40 }));
const anyJson: fc.Arbitrary<unknown> = fc.oneof(fc.jsonValue({ maxDepth: 4 }), anyText);

/** An object as JSON text, in which `__proto__` is a property like any other. */
function objectText(fields: readonly (readonly [string, unknown])[]): string {
  return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'}`).join(',')}}`;
}

const treacherousFields = fc.array(fc.tuple(fc.constantFrom(...treacherousNames), anyJson), { maxLength: 4 });

const deepText = fc
  .tuple(fc.integer({ min: 65, max: 20_000 }), fc.boolean())
  .map(([levels, isList]) =>
    isList ? '['.repeat(levels) + ']'.repeat(levels) : `${'{"data":'.repeat(levels)}1${'}'.repeat(levels)}`,
  );

const longText = fc.integer({ min: 1000, max: 150_000 }).map((length) => JSON.stringify('x'.repeat(length)));

/** Something in place of a message of ours. */
const nonsense = fc.oneof(
  { weight: 3, arbitrary: anyJson.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 2, arbitrary: treacherousFields.map(objectText) },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  },
);

/** Replaces or removes some fields, and puts treacherous ones around them. */
function mutated(base: Readonly<Record<string, unknown>>): fc.Arbitrary<string> {
  const names = Object.keys(base);
  return fc
    .tuple(
      fc.subarray(names, { minLength: 1 }),
      fc.array(fc.option(anyJson), { minLength: 1 }),
      treacherousFields,
    )
    .map(([changed, values, around]) => {
      const fields = names.flatMap((name): [string, unknown][] => {
        const place = changed.indexOf(name);
        if (place < 0) return [[name, base[name]]];
        const value = values[place % values.length];
        return value === null ? [] : [[name, value]];
      });
      return objectText([...around, ...fields]);
    });
}

const event = {
  specversion: '1.0',
  id: 'hostile',
  source: '/hostile',
  type: 'notification.requested',
  time: '2026-11-22T10:00:00Z',
  subject: 'nothing',
  datacontenttype: 'application/json',
  data: { to: { user: 'nobody-at-all' }, text: 'must never be seen' },
};

const hostileData = mutated({
  to: { user: 'nobody-at-all' },
  text: 'must never be seen',
  card: { type: 'AdaptiveCard' },
  delivery: { mode: 'wait' },
}).map((data) => `${JSON.stringify({ ...event, data: undefined }).slice(0, -1)},"data":${data}}`);

/** Control characters in what identifies an event: by the line feed between them, two events could be one. */
const runTogether = fc
  .tuple(
    fc.constantFrom('id', 'source', 'type', 'subject'),
    fc.constantFrom('\n', '\r\n', '\t', '\u0000', '\u001f', '\u007f', '\u0085', '\u009f'),
    fc.nat(),
  )
  .map(([name, control, number]) =>
    JSON.stringify({ ...event, id: `${number}`, [name]: `/s${control}${number}` }),
  );

/** Fields that no kind knows, as many and as long as somebody likes. */
const unknownFields = fc
  .dictionary(fc.oneof(anyText, fc.string({ maxLength: 300 })), anyJson, { maxKeys: 50 })
  .map((fields) => JSON.stringify({ ...event, id: 'unknown-fields', data: { ...fields, ...event.data } }));

const eventText = fc.oneof(
  { weight: 4, arbitrary: hostileCards(event) },
  { weight: 8, arbitrary: mutated(event) },
  { weight: 8, arbitrary: hostileData },
  { weight: 4, arbitrary: runTogether },
  // Few: they are events like any other, and nearly all that are accepted.
  { weight: 1, arbitrary: unknownFields },
  { weight: 6, arbitrary: nonsense },
);

const properties = fc.oneof(
  fc.constant(undefined),
  fc.dictionary(
    fc.constantFrom(
      ...treacherousNames,
      'cloudEvents_type',
      'cloudEvents:id',
      'cloudEvents_source',
      'cloudEvents_specversion',
      'x',
    ),
    fc.oneof(fc.string({ maxLength: 40 }), fc.integer(), fc.boolean(), fc.constantFrom('x\ny', 2 ** 53, 0.1)),
    { maxKeys: 5 },
  ),
);

function message(body: fc.Arbitrary<string>): fc.Arbitrary<ServiceBusMessage> {
  return fc
    .record({
      body: body.map((text) => Buffer.from(text)),
      contentType: fc.constantFrom(
        'application/json',
        'application/cloudevents+json',
        'text/plain',
        'garbage',
      ),
      subject: fc.string({ maxLength: 20 }),
      applicationProperties: properties,
    })
    .map(({ applicationProperties, ...rest }) => ({
      ...rest,
      // An id of its own, so that the broker takes every one.
      messageId: crypto.randomUUID(),
      ...(applicationProperties === undefined ? {} : { applicationProperties: { ...applicationProperties } }),
    }));
}

/** 43 letters and digits, as all ids of the app have; the hash of nothing. */
const unknownId = fc
  .array(fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'), {
    minLength: 43,
    maxLength: 43,
  })
  .map((letters) => letters.join(''));

/** Wake-up calls in the app's own form, of deliveries that do not exist, with treacherous fields around and within. */
const forgedCall = fc
  .tuple(
    fc.record({
      notification: unknownId,
      conversation: unknownId,
      version: fc.oneof(fc.nat(), anyJson),
      hop: fc.oneof(fc.nat(), anyJson),
      learned: fc.oneof(fc.constant(undefined), anyJson),
      traceparent: fc.oneof(fc.constant(undefined), anyText),
    }),
    treacherousFields,
  )
  .map(([call, around]) => objectText([...around.filter(([name]) => name !== 'call'), ['call', call]]));

const forgedJob = fc
  .tuple(
    fc.record({
      kind: fc.oneof(fc.constant('walk'), anyJson),
      hop: fc.oneof(fc.nat(), anyJson),
      walk: fc.oneof(
        fc.record({
          notification: unknownId,
          tenant: unknownId,
          group: fc.oneof(fc.constant({ kind: 'everyone' }), anyJson),
          done: fc.oneof(fc.boolean(), anyJson),
        }),
        anyJson,
      ),
    }),
    treacherousFields,
  )
  .map(([job, around]) => objectText([...around.filter(([name]) => name !== 'job'), ['job', job]]));

const activity = {
  type: 'message',
  id: 'hostile',
  channelId: 'msteams',
  // Nobody listens there: whatever the bot answers reaches nobody.
  serviceUrl: 'http://127.0.0.1:9/',
  from: { id: '29:hostile', name: 'Hostile', aadObjectId: 'not-a-guid' },
  recipient: { id: '28:bot', name: 'Bot' },
  conversation: { id: 'a:hostile', conversationType: 'personal', tenantId: 'hostile' },
  text: 'subscribe builds',
  value: {},
  channelData: { tenant: { id: 'hostile' } },
  entities: [],
  membersAdded: [{ id: '28:bot' }],
  locale: 'en-US',
  timestamp: '2026-11-22T10:00:00Z',
};

const untrustedActivity = fc
  .constantFrom(
    'https://evil.example/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://smba.trafficmanager.net.evil.example/',
    'http://169.254.169.254/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '//evil.example',
  )
  .map((serviceUrl) => JSON.stringify({ ...activity, serviceUrl }));

/** Words that parsers wait for, what parts them, and what is neither: said again and again they are long. */
const endless = fc
  .tuple(
    fc.constantFrom(
      ...[
        'mute ',
        'remind me to x ',
        'edit reminder 1 ',
        'snooze 1 ',
        'book travel ',
        'watch ',
        'quiet hours ',
        '',
      ],
    ),
    fc.constantFrom(
      ...[
        'until monday ',
        "'am ",
        '"',
        '1 ',
        '1:',
        'mon ',
        'for two ',
        'below 1 ',
        ',',
        '!',
        '\u{1f600}',
        'e\u0301',
      ],
    ),
    fc.integer({ min: 10, max: 60_000 }),
  )
  .map(([opening, piece, length]) => `${opening}${piece.repeat(Math.ceil(length / piece.length))}x`);

/** Times that there are not, and numbers that cannot be meant. */
const impossible = fc
  .tuple(
    fc.constantFrom('remind me to x ', 'hi remind me to x ', 'edit reminder 1 ', 'snooze 1 ', 'mute until '),
    fc.constantFrom('', 'in ', 'every ', 'every year on '),
    fc.constantFrom(
      ...[
        'feb 30',
        'april 31',
        '-5 minutes',
        '0 days',
        '1e308 minutes',
        '100 years',
        '1/0 hours',
        '30 seconds',
      ],
      `${'9'.repeat(400)} weeks`,
    ),
    fc.constantFrom('', ' at 9am and 5pm', ' 0 times', ' until 30 february', ' for -1 days'),
  )
  .map((parts) => parts.join(''));

/** What somebody might write in a chat, and say of themselves. */
const saidByNobody = fc
  .tuple(fc.oneof(endless, impossible), fc.integer({ min: 0, max: 30_000 }), fc.boolean())
  .map(([text, length, isPressed]) =>
    JSON.stringify({
      ...activity,
      from: { ...activity.from, name: '\u{1f600}'.repeat(length) },
      conversation: { ...activity.conversation, name: 'n'.repeat(length) },
      locale: `de-${'x'.repeat(length)}`,
      entities: Array.from({ length: Math.ceil(length / 20) }, () => ({ type: 'mention', text: 'x' })),
      ...(isPressed ? { text: undefined, value: { notifier: text } } : { text }),
    }),
  );

/** `count` of each, the same ones every time. */
function sample<T>(arbitrary: fc.Arbitrary<T>, count: number): T[] {
  return fc.sample(arbitrary, { numRuns: count, seed: 20_261_122 });
}

/** Few of the large ones: they say nothing more when there are many. */
function withLarge(ordinary: fc.Arbitrary<string>, count: number): ServiceBusMessage[] {
  const large = Math.ceil(count / 100);
  return [
    ...sample(message(ordinary), count - 2 * large),
    ...sample(message(deepText), large),
    ...sample(message(longText), large),
  ];
}

export const hostileEvents = (count: number) => withLarge(eventText, count);
export const hostileCalls = (count: number) => withLarge(fc.oneof(forgedCall, nonsense), count);
export const hostileJobs = (count: number) => withLarge(fc.oneof(forgedJob, nonsense), count);
export const hostileActivities = (count: number): string[] =>
  sample(
    fc.oneof(
      { weight: 6, arbitrary: mutated(activity) },
      { weight: 2, arbitrary: nonsense },
      { weight: 2, arbitrary: hostileInvokes(activity, { anyText, anyJson }) },
      { weight: 1, arbitrary: untrustedActivity },
      { weight: 4, arbitrary: saidByNobody },
      {
        weight: 1,
        arbitrary: deepText.map((value) => `${JSON.stringify(activity).slice(0, -1)},"value":${value}}`),
      },
    ),
    count,
  );
