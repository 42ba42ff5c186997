import { toStructured } from '../../shared/domain/cloud-event.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { Job } from '../../shared/domain/job.ts';
import { parseRateLimits } from '../../shared/domain/pace.ts';
import { seconds } from '../../shared/domain/time.ts';
import type { WakeUpCall } from '../../shared/domain/wake-up-call.ts';
import { QueueUnavailable } from '../../shared/ports/queues.ts';
import { acceptEvent } from '../../shared/use-cases/accept-event.ts';
import { announce } from '../../shared/use-cases/announce.ts';
import { captureConversation } from '../../shared/use-cases/capture-conversation.ts';
import { comeBack } from '../../shared/use-cases/come-back.ts';
import { deliverNotification } from '../../shared/use-cases/deliver-notification.ts';
import { planNotification } from '../../shared/use-cases/plan-notification.ts';
import { reportNotification } from '../../shared/use-cases/report-notification.ts';
import { sendToPerson } from '../../shared/use-cases/send-to-person.ts';
import { sweepOverdue } from '../../shared/use-cases/sweep-overdue.ts';
import { walkAudience } from '../../shared/use-cases/walk-audience.ts';
import { anEvent } from './builders.ts';
import { FakeClock } from './fakes/fake-clock.ts';
import { FixedRandom } from './fakes/fixed-random.ts';
import { ImmediatePace } from './fakes/immediate-pace.ts';
import {
  InMemoryDeliveryQueue,
  InMemoryEventQueue,
  InMemoryJobQueue,
} from './fakes/queues/in-memory-queues.ts';
import { RecordingLog } from './fakes/recording-log.ts';
import { ScriptedMessenger } from './fakes/scripted-messenger.ts';
import { inMemoryStores } from './fakes/stores/in-memory-stores.ts';
import { Watch } from './fakes/watch.ts';

export const LEASE = seconds(60);

/**
 * The whole product without its wires: every use case over fakes, a clock that is moved by hand, and a channel that
 * does as it is told. Every port is watched, so that a test can let a process die at each of its steps.
 */
export function aWorld({ requestsPerSecond = 50 }: { readonly requestsPerSecond?: number } = {}) {
  const clock = new FakeClock();
  const random = new FixedRandom();
  const log = new RecordingLog();
  const pace = new ImmediatePace();
  const watch = new Watch();
  const bare = inMemoryStores({ clock, requestsPerSecond });
  const queues = {
    deliveries: new InMemoryDeliveryQueue(clock),
    jobs: new InMemoryJobQueue(clock),
    events: new InMemoryEventQueue(clock),
  };
  const channel = new ScriptedMessenger();

  const deps = {
    conversations: watch.over('conversations', bare.conversations),
    subscriptions: watch.over('subscriptions', bare.subscriptions),
    audience: watch.over('audience', bare.audience),
    ledger: watch.over('ledger', bare.ledger),
    notifications: watch.over('notifications', bare.notifications),
    dueIndex: watch.over('dueIndex', bare.dueIndex),
    parking: watch.over('parking', bare.parking),
    preferences: watch.over('preferences', bare.preferences),
    pacer: watch.over('pacer', bare.pacer),
    deliveries: watch.over('deliveries', queues.deliveries),
    jobs: watch.over('jobs', queues.jobs),
    messenger: watch.over('messenger', channel),
    clock,
    random,
    log,
    pace,
    defaultTimeZone: 'UTC',
    threadLimits: parseRateLimits('7/1s,8/2s,60/30s,1800/3600s') ?? [],
    claimLease: LEASE,
    requestsPerSecond,
  };
  const plan = planNotification(deps);
  const accept = acceptEvent({ ...deps, plan });
  const announcing = announce({ ...deps, plan });
  const deliver = deliverNotification({ ...deps, send: sendToPerson(deps) });
  const walk = walkAudience(deps);
  const sweep = sweepOverdue({ ...deps, plan });
  const report = reportNotification(bare);
  const back = comeBack({ clock, random, log });

  /** Publishes an event as an upstream service would. */
  const publish = (event = anEvent()) =>
    accept({ envelope: toStructured(event), original: JSON.stringify(toStructured(event)), at: clock.now() });

  /** One message of queue `deliveries`, as its function treats it: done with, put back, or (a crash) left locked. */
  async function handle(call: WakeUpCall): Promise<void> {
    try {
      await deliver(call);
    } catch (cause) {
      if (cause instanceof Crash) {
        crashed.push(call);
        return;
      }
      await back(cause, call.hop, (at) =>
        queues.deliveries.send([{ message: { ...call, hop: call.hop + 1 }, at }]),
      );
    }
  }
  /** Calls whose worker died: the broker gives them out again when their lock has run out. */
  const crashed: WakeUpCall[] = [];
  const crashedJobs: Job[] = [];

  /** Lets the queues run, moving the clock to whatever comes next, until nothing is left or `until` is reached. */
  async function run(until = clock.now() + seconds(60 * 60)): Promise<void> {
    for (let step = 0; step < 20_000; step += 1) {
      const job = queues.jobs.take() ?? crashedJobs.shift();
      if (job !== undefined) {
        try {
          await walk(job);
        } catch (cause) {
          if (!(cause instanceof Crash)) throw cause;
          crashedJobs.push(job);
        }
        continue;
      }
      const call = queues.deliveries.take() ?? crashed.shift();
      if (call !== undefined) {
        await handle(call);
        continue;
      }
      const next = Math.min(queues.jobs.nextAt ?? Infinity, queues.deliveries.nextAt ?? Infinity);
      if (next > until) return;
      clock.set(Math.max(next, clock.now()));
    }
    throw new Error('the world did not come to rest: something wakes itself for ever');
  }

  return {
    ...bare,
    ...queues,
    clock,
    random,
    log,
    pace,
    watch,
    channel,
    crashed,
    plan,
    accept,
    announce: announcing,
    deliver,
    walk,
    sweep,
    report,
    publish,
    handle,
    run,
    capture: captureConversation(deps),
    /** Remembers conversations, as if each person had written. */
    knows: async (...conversations: readonly Conversation[]) => {
      for (const conversation of conversations) {
        await bare.conversations.save(conversation);
        if (conversation.user === undefined || conversation.conversationType !== 'personal') continue;
        await bare.conversations.savePerson({
          channelId: conversation.channelId,
          serviceUrl: conversation.serviceUrl,
          bot: conversation.bot,
          user: conversation.user,
          personal: conversation.key,
          ...(conversation.tenantId === undefined ? {} : { tenantId: conversation.tenantId }),
        });
      }
    },
  };
}
export type World = ReturnType<typeof aWorld>;

/** The process dies: nothing of the run goes on, not even what would handle an error. */
export class Crash extends Error {}

export const queueAway = new QueueUnavailable('deliveries', new Error('connection refused'));
