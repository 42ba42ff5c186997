import type { TopicOffer } from '../catalog/entry.ts';
import type { Vouching } from '../domain/identity/vouching.ts';
import { withoutTail } from '../domain/text.ts';
import { wordsFor } from '../locale/words.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation/conversation-store.ts';
import type { PreferenceStore } from '../ports/conversation/preference-store.ts';
import type { SubscriptionStore } from '../ports/conversation/subscription-store.ts';
import type { Ledger } from '../ports/delivery/ledger.ts';
import type { TopicActivity } from '../ports/event/topic-activity.ts';
import { argumentOf, type Command, type CommandName, isComplete } from './commands/command.ts';
import { help } from './commands/help.ts';
import { mayManage } from './commands/may-manage.ts';
import { status } from './commands/status.ts';
import { subscribe, subscriptions, unsubscribe } from './commands/subscribe.ts';
import { topics } from './commands/topics.ts';
import { plain } from './markdown.ts';
import { nearest } from './nearest.ts';
import { withoutPoliteness } from './politeness.ts';
import type { Reply, Turn } from './turn.ts';

/** A name is greeted with so many characters at most. */
const LONGEST_NAME = 100;

/** Answers what people say, dialogs apart. Throws `StoreUnavailable`. */
export type Answer = ((turn: Turn) => Promise<Reply>) & {
  /** Whether the text is a command and nothing else: its full name, with what has to follow it. */
  readonly isCommand: (text: string) => boolean;
};

export function answer(deps: {
  readonly conversations: ConversationStore;
  readonly subscriptions: SubscriptionStore;
  readonly clock: Clock;
  readonly topicActivity: TopicActivity;
  /** What can be subscribed to. */
  readonly offers: readonly TopicOffer[];
  readonly preferences: PreferenceStore;
  readonly ledger: Pick<Ledger, 'deferred'>;
  readonly vouching: Vouching;
  readonly defaultTimeZone: string;
  /** Further things that people can say. */
  readonly commands?: readonly Command[];
  /** What dialogs understand, for `help` and for whoever mistypes it. */
  readonly dialogs?: readonly CommandName[];
}): Answer {
  const dialogs = deps.dialogs ?? [];
  const managed = { ...deps, mayManage: mayManage(deps) };
  const commands: readonly Command[] = [
    help(() => listed()),
    topics(deps),
    subscribe(managed),
    unsubscribe(managed),
    subscriptions(deps),
    ...(deps.commands ?? []),
    status(deps),
  ];
  const listed = () => [...commands, ...dialogs].filter(({ isForButtons }) => isForButtons !== true);
  // `cancel reminder 3` is no `cancel`: the longest name that fits is meant.
  const byLength = [...commands].sort((a, b) => b.name.length - a.name.length);

  const find = (text: string) => findIn(text) ?? findIn(withoutPoliteness(text));

  const findIn = (text: string) => {
    const bare = withoutTail(text.toLowerCase(), /[.!?]/);
    const wanted = asksForHelp(text) ? 'help' : bare;
    const named = commands.find(({ name, alsoSaid }) => name === wanted || alsoSaid?.includes(wanted));
    if (named !== undefined) return { command: named, argument: '' };
    for (const command of byLength) {
      const argument = argumentOf(command, text);
      if (argument !== undefined) return { command, argument };
    }
    return undefined;
  };

  return Object.assign(
    async (turn: Turn) => {
      const found = find(turn.text);
      return found === undefined ? notUnderstood(turn) : found.command.run(turn, found.argument);
    },
    {
      isCommand: (text: string) => {
        const found = find(text);
        return found !== undefined && isComplete(found.command, found.argument);
      },
    },
  );

  function notUnderstood({ text, locale }: Turn): Reply {
    const words = wordsFor(locale).chat;
    const names = nearest(
      withoutPoliteness(text),
      listed().map(({ name }) => name),
      3,
    );
    if (names.length === 0 && isThanks(text)) return { text: words.welcome };
    if (names.length === 0 && isGreeting(text)) {
      return { text: words.hello, suggestions: ['help', 'topics'] };
    }
    return names.length === 0
      ? { text: words.notUnderstood, suggestions: ['help', 'topics', 'status'] }
      : { text: words.didYouMean(names), suggestions: names };
  }
}

/** What people try when they do not know `help`. */
function asksForHelp(text: string): boolean {
  const said = withoutTail(text, /[\s.!?]/).toLowerCase();
  if (said === '') return text.includes('?');
  return /^(?:menu|commands|start|what (?:can|do) (?:i|you) (?:do|say|understand))$/.test(said);
}

function isThanks(text: string): boolean {
  return /^(?:thanks|thank you|thx|danke)\b/i.test(text);
}

/** A greeting, and nothing behind it that wants an answer of its own. */
export function isHello(text: string): boolean {
  return isGreeting(text) && withoutTail(withoutPoliteness(text), /[\s.!?]/) === '';
}

function isGreeting(text: string): boolean {
  return /^(hi|hello|hey|hallo|moin|servus|guten (morgen|tag|abend)|good (morning|afternoon|evening))\b/i.test(
    text,
  );
}

/** What the bot says when it meets somebody, as it should: it says that it can speak first from now on. */
export function greeting(turn: Pick<Turn, 'conversation' | 'speaker' | 'locale'>): Reply {
  const { conversation, speaker, locale } = turn;
  const name =
    conversation.conversationType === 'personal' ? (speaker?.name ?? conversation.user?.name) : undefined;
  return {
    text: wordsFor(locale).chat.greeting(
      name === undefined || name === '' ? undefined : plain(name, LONGEST_NAME),
    ),
    suggestions: ['help', 'topics', 'status'],
  };
}
