import { coveringTopics, type Topic } from '../../domain/event/topic.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import { type Words, wordsFor } from '../../locale/words.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import { ofTopic } from '../../use-cases/living/things-of.ts';
import { plain } from '../markdown.ts';
import type { Reply } from '../turn.ts';
import type { Command } from './command.ts';
import type { MayManage } from './may-manage.ts';
import { ALL_TOPICS, describeTopicFault, saidTopic } from './topic-fault.ts';

/** Subscriptions that are offered to be ended with one press. */
const MOST_OFFERED = 4;

interface Deps {
  readonly mayManage: MayManage;
  readonly subscriptions: SubscriptionStore;
  readonly clock: Clock;
}

/** `subscribe <topic>` */
export function subscribe(deps: Deps): Command {
  return {
    name: 'subscribe',
    does: (locale) => wordsFor(locale).commands.subscribe,
    usage: 'subscribe <topic>',
    group: 'news',
    example: { en: 'subscribe builds', de: 'abonniere builds' },
    said: {
      en: [
        'subscribe to <topic>',
        'subscribe me to <topic>',
        'subscribe me',
        'follow <topic>',
        'notify me about <topic>',
        'sign me up for <topic>',
      ],
      de: [
        'abonniere <thema>',
        'abonniere bitte <thema>',
        'abonnieren <thema>',
        'abo <thema>',
        'folge <thema>',
        '<thema> abonnieren',
        'benachrichtige mich über <thema>',
        'melde mich bei <thema> an',
        'melde mich für <thema> an',
        'melde mich an für <thema>',
        'melde mich an bei <thema>',
      ],
    },
    async run(turn, argument) {
      const { conversation, locale } = turn;
      const words = wordsFor(locale);
      const allowed = await deps.mayManage(turn);
      if (!allowed.may) return { text: mayNot(allowed, words) };
      const name = argument.replace(/^to /i, '');
      if (name === '' || ALL_TOPICS.test(name)) {
        return {
          text: words.topics.whichToSubscribe,
          suggestions: ['topics'],
          asks: { completes: 'subscribe {}' },
        };
      }
      const topic = saidTopic(name);
      if (!topic.ok) return { text: describeTopicFault(argument, words), suggestions: ['topics'] };
      const isNew = await deps.subscriptions.subscribe({
        conversation: conversation.key,
        tenant: conversation.tenant,
        topic: topic.value,
        since: deps.clock.now(),
      });
      return {
        text: isNew ? words.topics.subscribed(topic.value) : words.topics.subscribedAlready(topic.value),
        suggestions: ['subscriptions', `unsubscribe ${topic.value}`],
      };
    },
  };
}

/** `unsubscribe <topic>` and `unsubscribe all` */
export function unsubscribe(deps: Deps): Command {
  return {
    name: 'unsubscribe',
    does: (locale) => wordsFor(locale).commands.unsubscribe,
    usage: 'unsubscribe <topic> | all',
    group: 'news',
    said: {
      en: [
        'unsubscribe from <topic>',
        'unsubscribe me from <topic>',
        'unfollow <topic>',
        'stop following <topic>',
        'do not notify me about <topic>',
        "don't notify me about <topic>",
        'stop notifying me about <topic>',
        'stop <topic>',
      ],
      de: [
        'abbestellen <thema>',
        'bestelle <thema> ab',
        'bestell <thema> ab',
        '<thema> abbestellen',
        'deabonniere <thema>',
        'abo beenden <thema>',
        'abo kündigen <thema>',
        'abo <thema> beenden',
        'abo <thema> kündigen',
        'abo <thema> abbestellen',
        'beende abo <thema>',
        'beende das abo <thema>',
        'folge <thema> nicht mehr',
        'abonniere <thema> nicht mehr',
        'benachrichtige mich nicht mehr über <thema>',
        'melde mich von <thema> ab',
        'melde mich bei <thema> ab',
        'melde mich ab von <thema>',
        'melde mich ab bei <thema>',
      ],
    },
    async run(turn, argument) {
      const { conversation, locale } = turn;
      const words = wordsFor(locale);
      const allowed = await deps.mayManage(turn);
      if (!allowed.may) return { text: mayNot(allowed, words) };
      if (argument === '') return whichToUnsubscribe(conversation.key, words.topics);
      const name = argument.replace(/^from /i, '');
      if (ALL_TOPICS.test(name)) {
        const all = await deps.subscriptions.subscriptionsOf(conversation.key);
        for (const { topic } of all) await deps.subscriptions.unsubscribe(conversation, topic);
        return {
          text: words.topics.unsubscribedAll(all.length),
          settles: { things: all.map(({ topic }) => ofTopic(topic)) },
        };
      }
      const topic = saidTopic(name);
      if (!topic.ok) return { text: describeTopicFault(argument, words) };
      const was = await deps.subscriptions.unsubscribe(conversation, topic.value);
      const wider = was ? undefined : await coveringSubscription(conversation.key, topic.value);
      if (wider !== undefined) {
        return {
          text: words.why.covered(topic.value, wider),
          suggestions: [`unsubscribe ${wider}`, `mute ${topic.value}`],
        };
      }
      return {
        text: was ? words.topics.unsubscribed(topic.value) : words.topics.wasNotSubscribed(topic.value),
        settles: { things: [ofTopic(topic.value)] },
        suggestions: was ? [`subscribe ${topic.value}`] : ['subscriptions'],
      };
    },
  };

  /** Each that there is with one press, and the way to silence. */
  async function whichToUnsubscribe(conversation: ConversationKey, words: Words['topics']): Promise<Reply> {
    const own = await deps.subscriptions.subscriptionsOf(conversation);
    return {
      text: own.length === 0 ? words.none : words.whichToUnsubscribe,
      suggestions: [
        ...own.slice(0, MOST_OFFERED).map(({ topic }) => `unsubscribe ${topic}`),
        ...(own.length > 1 ? ['unsubscribe all'] : []),
        'stop',
      ],
      ...(own.length === 0 ? {} : { asks: { completes: 'unsubscribe {}' } }),
    };
  }

  /** The narrowest subscription above a topic, by which it comes too. */
  async function coveringSubscription(
    conversation: ConversationKey,
    topic: Topic,
  ): Promise<Topic | undefined> {
    const own = new Set((await deps.subscriptions.subscriptionsOf(conversation)).map((one) => one.topic));
    return coveringTopics(topic).findLast((wider) => own.has(wider));
  }
}

function mayNot(
  { installer, isTeam }: Extract<Awaited<ReturnType<MayManage>>, { readonly may: false }>,
  { why }: Words,
): string {
  return why.mayNot(installer === undefined ? undefined : plain(installer), isTeam);
}

/** `subscriptions` */
export function subscriptions(deps: Pick<Deps, 'subscriptions'>): Command {
  return {
    name: 'subscriptions',
    does: (locale) => wordsFor(locale).commands.subscriptions,
    usage: 'subscriptions',
    group: 'news',
    said: {
      en: [
        'my subscriptions',
        'list subscriptions',
        'show subscriptions',
        'list my subscriptions',
        'show my subscriptions',
      ],
      de: ['abos', 'meine abos', 'abonnements', 'meine abonnements', 'zeig meine abos', 'zeige meine abos'],
    },
    async run({ conversation, locale }) {
      const words = wordsFor(locale);
      const all = await deps.subscriptions.subscriptionsOf(conversation.key);
      if (all.length === 0) return { text: words.topics.none, suggestions: ['topics'] };
      return {
        text: [words.topics.list, '', ...all.map(({ topic }) => `- **${topic}**`)].join('\n'),
        suggestions: [...all.slice(0, 4).map(({ topic }) => `unsubscribe ${topic}`), 'unsubscribe all'],
      };
    },
  };
}
