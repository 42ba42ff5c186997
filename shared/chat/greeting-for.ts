import type { Activity } from '../domain/conversation/activity.ts';
import { wordsFor } from '../locale/words.ts';
import type { ConversationStore } from '../ports/conversation/conversation-store.ts';
import type { Captured } from '../use-cases/conversation/capture-conversation.ts';
import { greeting, isHello } from './answer.ts';
import { pressOf } from './press.ts';
import type { Reply, Turn } from './turn.ts';

/** Who is met for the first time is greeted; `isAnswer` when there is nothing else to say to the activity. */
export async function greetingFor(
  conversations: Pick<ConversationStore, 'greetOnce'>,
  activity: Activity,
  turn: Turn,
  captured: Captured,
): Promise<{ readonly replies: readonly Reply[]; readonly isAnswer: boolean }> {
  const { conversation } = captured;
  const greetOnce = () => conversations.greetOnce(conversation.key);
  switch (activity.type) {
    case 'invoke':
    case 'message': {
      const greet = captured.isNew && (await greetOnce());
      const replies = greet ? [greeting(turn)] : [];
      const press = pressOf(activity);
      if (press !== undefined && press.command === undefined) {
        const text = wordsFor(turn.locale).presses.notOurs;
        return { replies: [...replies, { text }], isAnswer: true };
      }
      if (turn.text === '' || (greet && isHello(turn.text))) return { replies, isAnswer: true };
      return { replies, isAnswer: false };
    }
    case 'installationUpdate':
      return { replies: (await greetOnce()) ? [greeting(turn)] : [], isAnswer: true };
    case 'conversationUpdate':
      return { replies: captured.isNew && (await greetOnce()) ? [greeting(turn)] : [], isAnswer: true };
    default:
      return { replies: [], isAnswer: true };
  }
}
