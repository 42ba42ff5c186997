import { counting } from '../counting.ts';

const count = counting('en');

/** Topics and subscriptions. Topics are given as they are written, commands as they are said. */
export const topics = {
  offered: 'You can subscribe to:',
  /** What the catalog offers, by the pattern of the topic. */
  messages: (number: number) => count(number, { one: 'one message', other: (many) => `${many} messages` }),
  lately: (messages: string) => ` (${messages} in the last seven days)`,
  newsOf: 'In the last seven days there was news of:',
  covers:
    'A topic covers all below it: **builds** also brings **builds/web**. Other topics work too, if somebody publishes to them.',
  whichToSubscribe: 'Which topic? Say for example **subscribe builds**.',
  subscribed: (topic: string) => `Done. I will tell you here what happens on **${topic}**.`,
  subscribedAlready: (topic: string) => `You are subscribed to **${topic}** already.`,
  whichToUnsubscribe: 'Which topic? Say **unsubscribe all** for all of them.',
  unsubscribed: (topic: string) => `Done. I will no longer tell you what happens on **${topic}**.`,
  wasNotSubscribed: (topic: string) => `You were not subscribed to **${topic}**.`,
  unsubscribedAll: (number: number) =>
    number === 0
      ? 'You had no subscriptions.'
      : `Done. I stopped ${count(number, { one: 'one subscription', other: (many) => `${many} subscriptions` })}.`,
  none: 'You have no subscriptions yet. **topics** shows what there is.',
  list: 'You are subscribed to:',
  /** What is wrong with a topic, by the rule that it breaks. */
  faults: {
    empty: 'A topic must not be empty; write it like "builds/web".',
    'too-long': (most: number, length: number) =>
      `A topic has at most ${most} characters; this one has ${length}.`,
    segments:
      'A topic is segments of letters, digits, space, "." "_" "-" parted by "/"; write it like "builds/web".',
  },
};
