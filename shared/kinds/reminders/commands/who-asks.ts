import type { IsManager } from '../../../chat/commands/may-manage.ts';
import type { Turn } from '../../../chat/turn.ts';
import { defined } from '../../../domain/defined.ts';
import { bareNamesOf, believedAccount, comparableId } from '../../../domain/identity/proofs.ts';
import type { Vouching } from '../../../domain/identity/vouching.ts';
import { personKey } from '../../../domain/ids.ts';
import type { Changer } from '../change-reminder.ts';
import type { Asked } from '../model/reminder.ts';
import { isPlace } from './when.ts';

/** Who asks for a reminder or its change, as far as that matters: where several hear it. */
export interface WhoAsks {
  /** For a new reminder: who it is of, and where it is to come. */
  asked(turn: Turn): { readonly asked?: Asked };
  /** For a change. */
  by(turn: Turn): { readonly isPlace: boolean; readonly by?: Changer };
}

export function whoAsks(deps: { readonly isManager: IsManager; readonly vouching: Vouching }): WhoAsks {
  return {
    asked(turn) {
      if (!isPlace(turn)) return {};
      const { speaker, thread, conversation } = turn;
      const believed = believedAccount(speaker, conversation, deps.vouching);
      const person = believed === undefined ? undefined : personKey(comparableId('channel', believed.id));
      const name = speaker?.name;
      return {
        asked: defined({ person, name, thread }),
      };
    },

    by(turn) {
      if (!isPlace(turn)) return { isPlace: false };
      const believed = believedAccount(turn.speaker, turn.conversation, deps.vouching);
      return {
        isPlace: true,
        by: { persons: bareNamesOf(believed), isManager: () => deps.isManager(turn) },
      };
    },
  };
}
