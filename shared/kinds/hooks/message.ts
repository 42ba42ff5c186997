import { z } from 'zod';

/** How a message looks: what a card calls these colours. */
export type Tone = 'attention' | 'warning' | 'good' | 'accent';

/** What became of the thing that a message is about. */
export const states = [
  'firing',
  'resolved',
  'queued',
  'started',
  'succeeded',
  'failed',
  'opened',
  'closed',
] as const;
export type State = (typeof states)[number];

const tone = z.enum(['attention', 'warning', 'good', 'accent']);

const fact = z.object({ name: z.string(), value: z.string() });
const link = z.object({ title: z.string(), url: z.string() });
const picture = z.object({ url: z.string(), title: z.string().optional(), isSmall: z.boolean().optional() });

const section = z.object({
  title: z.string().optional(),
  subtitle: z.string().optional(),
  text: z.string().optional(),
  tone: tone.optional(),
  facts: z.array(fact).optional(),
  links: z.array(link).optional(),
  pictures: z.array(picture).optional(),
  /** Drawn apart from what stands above it. */
  isApart: z.boolean().optional(),
});

/**
 * What a person is shown of a body that was posted: every text is Markdown as cards show it, every address has been
 * looked at. In the order of importance within each list.
 */
export const messageSchema = z.object({
  title: z.string().optional(),
  /** Beside the title and quieter. */
  subtitle: z.string().optional(),
  text: z.string().optional(),
  tone: tone.optional(),
  state: z.enum(states).optional(),
  facts: z.array(fact).optional(),
  links: z.array(link).optional(),
  pictures: z.array(picture).optional(),
  sections: z.array(section).optional(),
  /** The sender's own cards, made safe: `body` of each, one below the other. */
  cards: z.array(z.record(z.string(), z.unknown())).optional(),
  /** People whom the sender's card mentions, as Teams knows them. */
  mentions: z.array(z.record(z.string(), z.unknown())).optional(),
  /** Buttons that cannot work here. */
  leftOut: z.number().optional(),
  /** Fields, alerts and the like that are not shown because there are too many. */
  more: z.number().optional(),
});

export type Message = z.output<typeof messageSchema>;
export type Section = z.output<typeof section>;
export type Fact = z.output<typeof fact>;
export type Link = z.output<typeof link>;
export type Picture = z.output<typeof picture>;

/** What a mapper makes of a body. */
export interface Mapped {
  readonly message: Message;
  /** Names the thing that changes: an alert, a run. Two bodies with one key are about the same thing. */
  readonly key?: string;
  /** Tells two states of one key apart by age, where the sender says it. */
  readonly sequence?: string;
  /** The thing is over: what comes under its key after this is another one. */
  readonly isLast?: boolean;
  /** The sender's own id of this very delivery. */
  readonly deliveryId?: string;
}

/** A body as it was read, and how it came. */
export interface Posted {
  readonly payload: unknown;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The form field that it stood in, where it came in one. */
  readonly field?: string;
}

/** One shape of bodies that senders post. */
export interface Format {
  readonly name: string;
  /** By what its senders know that it was taken. */
  readonly answer: 'one' | 'ok' | 'id';
  detects(posted: Posted): boolean;
  /** `undefined` where nothing is to be shown, and the sender is told that all is well. */
  map(posted: Posted): Mapped | undefined;
}
