import type { RateLimit } from '../../../shared/domain/delivery/pace.ts';
import type { DueCall, WakeUpCall } from '../../../shared/domain/delivery/wake-up-call.ts';
import type { Job } from '../../../shared/domain/event/job.ts';
import type { Notification } from '../../../shared/domain/event/notification.ts';
import { type Duration, seconds } from '../../../shared/domain/time.ts';
import { catalog } from '../../../shared/kinds/catalog.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { SubscriptionStore } from '../../../shared/ports/conversation/subscription-store.ts';
import type { Messenger } from '../../../shared/ports/delivery/messenger.ts';
import type { ToldList } from '../../../shared/ports/delivery/told-list.ts';
import type { TopicActivity } from '../../../shared/ports/event/topic-activity.ts';
import type { DeliveryQueue, JobQueue } from '../../../shared/ports/queues.ts';
import { walkAudience } from '../../../shared/use-cases/audience/walk-audience.ts';
import type { EndCancelled } from '../../../shared/use-cases/cancel/end-cancelled.ts';
import { deliverNotification } from '../../../shared/use-cases/delivery/deliver-notification.ts';
import { sendToPerson } from '../../../shared/use-cases/delivery/send-to-person.ts';
import { beginWalks } from '../../../shared/use-cases/intake/begin-walks.ts';
import { planNotification } from '../../../shared/use-cases/intake/plan-notification.ts';
import { scheduledJobs } from '../../../shared/use-cases/intake/scheduled-work.ts';
import { AllDepartures, spacedMessenger } from '../../../shared/use-cases/pace/departures.ts';
import { SpacedPace } from '../../../shared/use-cases/pace/spaced-pace.ts';
import { silentLog } from '../../silent-log.ts';
import type { Chance } from './chance.ts';
import type { Life } from './life.ts';
import { modelled } from './modelled.ts';
import type { portsOf } from './ports.ts';
import type { VirtualTime } from './virtual-time.ts';

const CLAIM_LEASE = seconds(60);

/** What an instance shares with the others. */
interface Shared extends ReturnType<typeof portsOf> {
  readonly deliveries: DeliveryQueue;
  readonly jobs: JobQueue;
  readonly messenger: Messenger;
  readonly accept: (notification: Notification) => Promise<void>;
}

/** One instance of the app: what it does with a message of each queue. */
export function instanceOf(
  shared: Shared,
  own: {
    readonly life: Life;
    readonly clock: Clock;
    readonly time: VirtualTime;
    readonly chance: Chance;
    readonly requestsPerSecond: number;
    readonly threadLimits: readonly RateLimit[];
  },
) {
  const { life, clock, time, chance, requestsPerSecond, threadLimits } = own;
  const messenger = life.of(shared.messenger);
  const ports = {
    ...shared,
    audience: life.of(shared.audience),
    notifications: life.of(shared.notifications),
    dueIndex: life.of(shared.dueIndex),
    conversations: life.of(shared.conversations),
    ledger: life.of(shared.ledger),
    pacer: life.of(shared.pacer),
    deliveries: life.of(shared.deliveries),
    jobs: life.of(shared.jobs),
    clock,
    random: chance,
    log: silentLog,
  };
  /** A timer fires up to a millisecond late. */
  const wait = (delay: Duration) => time.wait(Math.ceil(delay) + chance.next());
  const departures = new AllDepartures({ clock, requestsPerSecond, wait });
  const deliver = deliverNotification({
    ...ports,
    pace: new SpacedPace({ pacer: ports.pacer, departures, wait }),
    send: sendToPerson({
      ...ports,
      messenger: spacedMessenger(messenger, { departures }),
      defaultTimeZone: 'UTC',
      missed: modelled<ToldList>('missed', {}),
      asked: modelled<ToldList>('missed', {}),
      // What is broadcast here goes to everyone, so that nobody's subscriptions are asked for.
      subscriptions: modelled<SubscriptionStore>('subscriptions', {}),
      dialogIdle: 0,
    }),
    // Nothing here changes.
    closeReplaced: async () => undefined,
    recallOne: async () => undefined,
    threadLimits,
    claimLease: CLAIM_LEASE,
    // Nobody here asks for quiet, and the few that are told more than once are told at once.
    subscriptions: modelled<SubscriptionStore>('subscriptions', {}),
    holding: {
      burst: { count: 1000, window: seconds(1) },
      dialogIdle: 0,
      defaultTimeZone: 'UTC',
      entryOf: catalog.entryOf,
    },
  });
  const walk = walkAudience({
    ...ports,
    // Nobody cancels on paper.
    endCancelled: modelled<EndCancelled>('endCancelled', {}),
    defaultTimeZone: 'UTC',
    requestsPerSecond,
  });
  // Nobody asks there what went out.
  const topicActivity = modelled<TopicActivity>('topicActivity', {});
  const plan = planNotification({ ...ports, topicActivity });
  const { scheduled } =
    scheduledJobs({ ...ports, plan, beginWalks: beginWalks({ ...ports, topicActivity }) }).jobs ?? {};
  const accept = life.of({ accept: shared.accept }).accept;
  return {
    deliver: inTime(deliver, { clock: departures.clock, wait }),
    work: async (job: Job): Promise<unknown> =>
      job.kind === 'walk' ? walk(job) : job.kind === 'work' ? scheduled?.run(job.about, {}) : undefined,
    accept: async (notification: Notification): Promise<unknown> => {
      await accept(notification);
      return plan(notification);
    },
  };
}

/** A message is there when its first call is due; each of the others waits for its own time. */
function inTime(
  deliver: (call: WakeUpCall) => Promise<unknown>,
  { clock, wait }: { readonly clock: Clock; readonly wait: (delay: Duration) => Promise<unknown> },
) {
  return (calls: readonly DueCall[]): Promise<unknown> =>
    Promise.all(
      calls.map(async ({ message, at = 0 }) => {
        const delay = at - clock.now();
        if (delay > 0) await wait(delay);
        return deliver(message);
      }),
    );
}
