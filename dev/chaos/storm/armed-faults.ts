import { nameOfChannelFault } from '../faults/channel-faults.ts';
import { nameOfTableFault } from '../faults/table-faults.ts';
import type { Person } from '../people/people.ts';
import type { Rig } from '../rig/rig.ts';
import type { Tally } from '../tally.ts';
import type { RoundPlan } from './plan.ts';

/** The faults of a round that lie in wait at the channel and the tables. */
export interface ArmedFaults {
  /** Takes away what was not used up, and counts what was. */
  disarm(injected: Tally): Promise<void>;
}

export async function arm(rig: Rig, plan: RoundPlan, people: readonly Person[]): Promise<ArmedFaults> {
  const atChannel = new Map<string, string>();
  for (const { who, fault } of plan.channel) {
    const person = people[who];
    if (person === undefined) continue;
    const name = nameOfChannelFault(fault);
    atChannel.set(await rig.channel.fault({ ...fault, conversation: person.conversation }), name);
    rig.journal.add('chaos', `${name}, for conversation ${person.key}`);
  }
  const atTables = plan.tables.map((fault) => {
    const { match, skip, times } = fault;
    const name = nameOfTableFault(fault);
    rig.journal.add('chaos', `${name}, for ${JSON.stringify({ ...match, skip, times })}`);
    return { name, times, id: rig.tables.fail(fault) };
  });

  return {
    async disarm(injected) {
      // Each meets one request, so one that is still there was not used.
      const unused = new Set((await rig.channel.faults()).map(({ id }) => id));
      for (const [id, name] of atChannel) if (!unused.has(id)) injected.add(name);
      await rig.channel.clearFaults();

      const left = new Map(rig.tables.rules.list().map(({ id, left: count }) => [id, count ?? 0]));
      for (const { name, times, id } of atTables) injected.add(name, times - (left.get(id) ?? 0));
      rig.tables.rules.remove();
    },
  };
}
