import type { Clock } from '../ports/clock.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import { argumentOf, type Command } from './commands/command.ts';
import { help } from './commands/help.ts';
import { status } from './commands/status.ts';
import { subscribe, subscriptions, unsubscribe } from './commands/subscribe.ts';
import { topics } from './commands/topics.ts';
import { nearest } from './nearest.ts';
import type { Reply, Turn } from './turn.ts';

/** Answers what people say. Throws `StoreUnavailable`. */
export type Answer = (turn: Turn) => Promise<Reply>;

export function answer(deps: {
  readonly subscriptions: SubscriptionStore;
  readonly clock: Clock;
  readonly defaultTimeZone: string;
  /** Further things that people can say. */
  readonly commands?: readonly Command[];
}): Answer {
  const commands: readonly Command[] = [
    help(() => commands),
    topics(),
    subscribe(deps),
    unsubscribe(deps),
    subscriptions(deps),
    ...(deps.commands ?? []),
    status(deps),
  ];
  // `cancel reminder 3` is no `cancel`: the longest name that fits is meant.
  const byLength = [...commands].sort((a, b) => b.name.length - a.name.length);

  return async (turn) => {
    for (const command of byLength) {
      const argument = argumentOf(command, turn.text);
      if (argument !== undefined) return command.run(turn, argument);
    }
    return notUnderstood(turn);
  };

  function notUnderstood({ text }: Turn): Reply {
    if (isGreeting(text)) {
      return {
        text: 'Hello! I am here, and will tell you when something happens.',
        suggestions: ['help', 'topics'],
      };
    }
    const names = nearest(
      text,
      commands.map(({ name }) => name),
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
