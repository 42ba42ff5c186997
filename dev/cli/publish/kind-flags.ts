import type { Flags, Values } from '../arguments/flags.ts';

/** One flag for each field that one kind of notification has of its own. */
export const kindFlags = {
  question: { type: 'string', value: 'TEXT', about: 'survey.requested: what is asked' },
  choice: {
    type: 'string',
    value: 'TEXT',
    multiple: true,
    about: 'survey.requested: what can be answered',
  },
  'reply-to': {
    type: 'string',
    value: 'QUEUE',
    about: 'survey.requested: the queue for answers, "outcomes"',
  },
  pipeline: { type: 'string', value: 'NAME', about: 'build.finished: which pipeline' },
  number: { type: 'string', value: 'NUMBER', about: 'build.finished: which build' },
  status: { type: 'string', value: 'STATUS', about: 'build.finished: succeeded, failed or canceled' },
  branch: { type: 'string', value: 'NAME', about: 'build.finished: of which branch' },
  'hotel-id': { type: 'string', value: 'ID', about: 'hotel.price.changed: which hotel' },
  'hotel-name': { type: 'string', value: 'NAME', about: 'hotel.price.changed: what it is called' },
  city: { type: 'string', value: 'NAME', about: 'hotel.price.changed: where it is' },
  price: { type: 'string', value: 'AMOUNT', about: 'hotel.price.changed: the price now' },
  currency: { type: 'string', value: 'CODE', about: 'hotel.price.changed: ISO 4217, such as USD' },
  link: { type: 'string', value: 'URL', about: '"url" of a build or a hotel' },
} as const satisfies Flags;

/** Fields of `data`; what was not given is `undefined`. */
export function fieldsOfKind(flags: Values<typeof kindFlags>): { readonly [name: string]: unknown } {
  return {
    question: flags.question,
    choices: flags.choice.length === 0 ? undefined : flags.choice,
    replyTo: flags['reply-to'],
    pipeline: flags.pipeline,
    number: numeric(flags.number),
    status: flags.status,
    branch: flags.branch,
    hotelId: flags['hotel-id'],
    hotelName: flags['hotel-name'],
    city: flags.city,
    price: numeric(flags.price),
    currency: flags.currency,
    url: flags.link,
  };
}

/** A decimal number as such; any other text as it is, for the check to name what is wrong with it. */
function numeric(text: string | undefined): number | string | undefined {
  return text !== undefined && /^-?\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : text;
}
