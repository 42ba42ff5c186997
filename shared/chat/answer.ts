import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { PreferenceStore } from '../ports/preference-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import type { TopicActivity } from '../ports/topic-activity.ts';
import { argumentOf, type Command, type CommandName, isComplete } from './commands/command.ts';
import { help } from './commands/help.ts';
import { status } from './commands/status.ts';
import { subscribe, subscriptions, unsubscribe } from './commands/subscribe.ts';
import { topics } from './commands/topics.ts';
import { nearest } from './nearest.ts';
import type { Reply, Turn } from './turn.ts';

/** Answers what people say, dialogs apart. Throws `StoreUnavailable`. */
export type Answer = ((turn: Turn) => Promise<Reply>) & {
  /** Whether the text is a command and nothing else: its full name, with what has to follow it. */
  readonly isCommand: (text: string) => boolean;
};

export function answer(deps: {
  readonly subscriptions: SubscriptionStore;
  readonly clock: Clock;
  readonly topicActivity: TopicActivity;
  readonly preferences: PreferenceStore;
  readonly ledger: Pick<Ledger, 'deferred'>;
  readonly defaultTimeZone: string;
  /** Further things that people can say. */
  readonly commands?: readonly Command[];
  /** What dialogs understand, for `help` and for whoever mistypes it. */
  readonly dialogs?: readonly CommandName[];
}): Answer {
  const dialogs = deps.dialogs ?? [];
  const commands: readonly Command[] = [
    help(() => [...commands, ...dialogs]),
    topics(deps),
    subscribe(deps),
    unsubscribe(deps),
    subscriptions(deps),
    ...(deps.commands ?? []),
    status(deps),
  ];
  // `cancel reminder 3` is no `cancel`: the longest name that fits is meant.
  const byLength = [...commands].sort((a, b) => b.name.length - a.name.length);

  const find = (text: string) => {
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

  function notUnderstood({ text }: Turn): Reply {
    if (isGreeting(text)) {
      return {
        text: 'Hello! I am here, and will tell you when something happens.',
        suggestions: ['help', 'topics'],
      };
    }
    const names = nearest(
      text,
      [...commands, ...dialogs].map(({ name }) => name),
      3,
    );
    return names.length === 0
      ? {
          text: 'I did not understand that. **help** shows what I do.',
          suggestions: ['help', 'topics', 'status'],
        }
      : {
          text: `I did not understand that. Did you mean ${names.map((name) => `**${name}**`).join(' or ')}?`,
          suggestions: names,
        };
  }
}

export function isGreeting(text: string): boolean {
  return /^(hi|hello|hey|hallo|good (morning|afternoon|evening)|thanks|thank you)\b/i.test(text);
}

/** What the bot says when it meets somebody, as it should: it says that it can speak first from now on. */
export function greeting(turn: Pick<Turn, 'conversation' | 'speaker'>): Reply {
  const { conversation, speaker } = turn;
  const name =
    conversation.conversationType === 'personal' ? (speaker?.name ?? conversation.user?.name) : undefined;
  return {
    text:
      `Hello${name === undefined || name === '' ? '' : ` ${plain(name)}`}, good to meet you! ` +
      'I know where to reach you now, and will tell you here when something happens. ' +
      'Say **help** to see what I understand.',
    suggestions: ['help', 'topics', 'status'],
  };
}

/** A name is not Markdown. */
function plain(name: string): string {
  return name.replace(/[\\`*_{}[\]()<>#+!|~]/g, '\\$&').slice(0, 100);
}
