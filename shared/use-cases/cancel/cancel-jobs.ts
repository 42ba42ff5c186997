import type { KindWork } from '../../domain/event/job.ts';
import { isNotificationId, type NotificationId } from '../../domain/ids.ts';
import type { KindHooks } from '../../ports/kind.ts';
import type { EndCancelled } from './end-cancelled.ts';

/** The work that ends what a cancel found under way. */
export function cancelWork(id: NotificationId): KindWork {
  return { work: 'cancel', field: 'cancelled', about: { id } };
}

/** The work as a kind brings its own: so the queue and the sweep need to know nothing of it. */
export function cancelJobs(deps: { readonly endCancelled: EndCancelled }): KindHooks {
  return {
    jobs: {
      cancel: {
        field: 'cancelled',
        isReadable: (about) => idOf(about) !== undefined,
        run: async (about) => {
          const id = idOf(about);
          if (id !== undefined) await deps.endCancelled.run(id);
        },
        isDone: async (about) => {
          const id = idOf(about);
          return id === undefined || deps.endCancelled.isDone(id);
        },
      },
    },
  };
}

function idOf({ id }: { readonly id?: unknown }): NotificationId | undefined {
  return isNotificationId(id) ? id : undefined;
}
