import type { TopicOffer } from '../catalog/entry.ts';
import type { Vouching } from '../domain/identity/vouching.ts';
import { withoutTail } from '../domain/text.ts';
import { wordsFor } from '../locale/words.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation/conversation-store.ts';
import type { PreferenceStore } from '../ports/conversation/preference-store.ts';
import type { Roster } from '../ports/conversation/roster.ts';
import type { SubscriptionStore } from '../ports/conversation/subscription-store.ts';
import type { Ledger } from '../ports/delivery/ledger.ts';
import type { TopicActivity } from '../ports/event/topic-activity.ts';
import { type Command, type CommandName, isComplete } from './commands/command.ts';
import { help } from './commands/help.ts';
import { mayManage } from './commands/may-manage.ts';
import { status } from './commands/status.ts';
import { subscribe, subscriptions, unsubscribe } from './commands/subscribe.ts';
import { topics } from './commands/topics.ts';
import { plain } from './markdown.ts';
import type { Reply, Turn } from './turn.ts';
import { phraseBook, refuseSameWords } from './understanding/phrase-book.ts';
import { withoutPoliteness } from './understanding/politeness.ts';

/** A name is greeted with so many characters at most. */
const LONGEST_NAME = 100;

/** Answers what people say, dialogs apart. Throws `StoreUnavailable`. */
export type Answer = ((turn: Turn) => Promise<Reply>) & {
  /** Whether the text is a command and nothing else: its words, with what has to follow them. */
  readonly isCommand: (text: string) => boolean;
  /** The name of the command that a text is, with or without all that it needs; `undefined` where it is none. */
  readonly nameOf: (text: string) => string | undefined;
  /** A command as people say it who read in a locale. */
  readonly inWordsOf: (command: string, locale: string) => string;
};

/** Throws `TakenTwice` where two things are said by the same words. */
export function answer(deps: {
  readonly conversations: ConversationStore;
  readonly subscriptions: SubscriptionStore;
  readonly clock: Clock;
  readonly topicActivity: TopicActivity;
  /** What can be subscribed to. */
  readonly offers: readonly TopicOffer[];
  readonly preferences: PreferenceStore;
  readonly ledger: Pick<Ledger, 'deferredDeliveries'>;
  readonly vouching: Vouching;
  readonly roster: () => Promise<Roster>;
  readonly defaultTimeZone: string;
  /** Further things that people can say. */
  readonly commands?: readonly Command[];
  /** What dialogs understand, for `help` and for whoever mistypes it. */
  readonly dialogs?: readonly CommandName[];
}): Answer {
  const dialogs = deps.dialogs ?? [];
  const managed = { ...deps, mayManage: mayManage(deps) };
  const commands: readonly Command[] = [
    help(
      () => listed(),
      (command, locale) => everything.inWordsOf(command, locale),
    ),
    topics(deps),
    subscribe(managed),
    unsubscribe(managed),
    subscriptions(deps),
    ...(deps.commands ?? []),
    status(deps),
  ];
  const listed = () => [...commands, ...dialogs].filter(({ isForButtons }) => isForButtons !== true);
  refuseSameWords([...commands, ...dialogs]);
  const book = phraseBook(commands);
  /** With what dialogs understand, which they read by themselves. */
  const everything = phraseBook<CommandName>([...commands, ...dialogs]);

  return Object.assign(
    async (turn: Turn) => {
      const found = book.read(turn.text);
      return found === undefined ? notUnderstood(turn) : found.command.run(turn, found.argument, found.by);
    },
    {
      isCommand: (text: string) => {
        const found = book.read(text);
        return found !== undefined && isComplete(found.command, found.argument);
      },
      nameOf: (text: string) => book.read(text)?.command.name,
      inWordsOf: everything.inWordsOf,
    },
  );

  function notUnderstood({ text, locale }: Turn): Reply {
    const words = wordsFor(locale).chat;
    const [best, ...others] = everything.nearest(text, 3);
    if (best === undefined && isThanks(text)) return { text: words.welcome };
    if (best === undefined && isSmallTalk(text)) return { text: wordsFor(locale).interruptions.allRight };
    if (best === undefined && isGreeting(text)) return { text: words.hello, suggestions: ['help', 'topics'] };
    if (best === undefined) return { text: words.notUnderstood, suggestions: ['help', 'topics', 'status'] };
    return {
      text: words.didYouMean([best, ...others].map((said) => plain(said))),
      suggestions: [best, ...others],
      ...(others.length === 0 ? { asks: { yes: best } } : {}),
    };
  }
}

function isThanks(text: string): boolean {
  return /^(?:thanks|thank you|thx|danke|vielen dank|merci)\b/i.test(text);
}

/** What ends a talk, and wants nothing. */
function isSmallTalk(text: string): boolean {
  return /^(?:ok|okay|cool|great|nice|perfect|super|prima|gut|alles klar|bye|goodbye|see you|good night|tschüss|gute nacht|bis dann)[\s.!]*$/i.test(
    text,
  );
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
