import type { JobQueue } from '../../ports/queues.ts';
import { forgetMe } from '../privacy/forget-me.ts';
import { type DescribePersonDeps, describePerson, type PersonDescribed } from './describe-person.ts';
import type { PersonInBrief } from './person-at.ts';

/** What goes of one conversation. */
export interface Erasure {
  readonly key: unknown;
  readonly conversationType: unknown;
  readonly name?: unknown;
  /** In words for operators. */
  readonly goes: string;
  /**
   * How many go, by what they are: `subscriptions`, `notifications` (of the last 30 days), `heldBack`, and lists of kinds, as
   * `reminders`, where there is one. Absent for a group, which stays.
   */
  readonly counts?: { readonly [what: string]: number };
}

export type ErasePersonDeps = DescribePersonDeps &
  Omit<Parameters<typeof forgetMe>[0], 'jobs'> & { readonly jobs: () => Promise<JobQueue> };

export type ErasePerson = (
  person: PersonInBrief,
  options: {
    readonly dryRun: boolean;
    /** Names whoever asks for it. */
    readonly by: string;
  },
) => Promise<readonly Erasure[]>;

/**
 * Forgets a person as `forget me` does when they say it themselves, and says what goes; with `dryRun` it only says it. Throws
 * `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export function erasePerson(deps: ErasePersonDeps): ErasePerson {
  const describe = describePerson(deps);
  return async (person, { dryRun, by }) => {
    const plan = planOf(await describe(person));
    if (!dryRun) {
      const wish = {
        conversation: person.here,
        speaker: person.user,
        turn: `${by}:${deps.clock.now()}`,
      };
      await forgetMe({ ...deps, jobs: await deps.jobs() })(wish);
    }
    return plan;
  };
}

function planOf({
  conversations,
  subscriptions,
  heldBack,
  ofKinds,
  notifications,
}: PersonDescribed): readonly Erasure[] {
  return conversations.map(({ key, conversationType, name }): Erasure => {
    if (conversationType !== 'personal')
      return { key, conversationType, name, goes: 'what is theirs; the group stays' };
    const within = (rows: readonly { readonly conversation?: unknown }[]) =>
      rows.filter(({ conversation }) => conversation === key);
    const kept = within(ofKinds).flatMap((row) =>
      Object.entries(row).flatMap(([what, value]) =>
        Array.isArray(value) && value.length > 0 ? [[what, value.length] as const] : [],
      ),
    );
    const own = within(subscriptions).length;
    const told = within(notifications).length;
    const held = within(heldBack).length;
    const parts = [
      `${own} subscription${own === 1 ? '' : 's'}`,
      ...kept.map(([what, count]) => `${count} ${what}`),
      `${told} notification${told === 1 ? '' : 's'} of the last 30 days`,
      `${held} held back`,
    ];
    return {
      key,
      conversationType,
      name,
      goes: `everything: ${parts.join(', ')}`,
      counts: { subscriptions: own, ...Object.fromEntries(kept), notifications: told, heldBack: held },
    };
  });
}
