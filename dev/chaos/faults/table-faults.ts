import type { FaultRuleInput } from '../../tables/faults.ts';
import type { Chance } from '../chance.ts';

type Match = NonNullable<FaultRuleInput['match']>;
type Fault = FaultRuleInput['fault'];

/** A fault of the tables that meets so many operations. */
export type TableFault = FaultRuleInput & { readonly times: number };

/** By what it is counted. */
export function nameOfTableFault({ fault }: Pick<FaultRuleInput, 'fault'>): string {
  switch (fault.type) {
    case 'status':
      return `tables ${fault.status}`;
    case 'reset':
    case 'timeout':
      return `tables ${fault.type}, ${fault.when === 'before' ? 'not written' : 'written'}`;
    case 'delay':
      return 'tables slow';
  }
}

const TABLES = ['conversations', 'notifications', 'due', 'pace', 'directory', 'parked'] as const;
const KINDS = ['get', 'query', 'insert', 'update', 'upsert', 'batch', 'delete'] as const;

/** Writes that carry a condition: the only ones that a table may answer with 412. */
const CONDITIONAL: readonly Match[] = [
  { table: 'conversations', kinds: ['batch'] },
  { table: 'conversations', kinds: ['update'] },
  { table: 'notifications', kinds: ['update'] },
  { table: 'pace', kinds: ['update'] },
];

const FAULTS: readonly Fault[] = [
  { type: 'status', status: 503 },
  { type: 'status', status: 500 },
  { type: 'status', status: 412 },
  { type: 'reset', when: 'before' },
  { type: 'reset', when: 'after' },
  { type: 'reset', when: 'after' },
  { type: 'delay', milliseconds: 300 },
  { type: 'delay', milliseconds: 4000 },
];
/** They take as long as the app's longest wait for its tables, ten seconds. */
const LONG_FAULTS: readonly Fault[] = [
  { type: 'timeout', when: 'before' },
  { type: 'timeout', when: 'after' },
];

/** @param patient whether the fault may be one that takes ten seconds */
export function pickTableFault(chance: Chance, patient: boolean): TableFault {
  const fault = chance.pick(patient && chance.happens(0.15) ? LONG_FAULTS : FAULTS);
  const isRefusal = fault.type === 'status' && fault.status === 412;
  return {
    match: isRefusal ? chance.pick(CONDITIONAL) : pickMatch(chance),
    skip: chance.whole(0, 40),
    times: fault.type === 'timeout' ? 1 : chance.whole(1, 4),
    fault,
  };
}

function pickMatch(chance: Chance): Match {
  return chance.pick<Match>([
    {},
    { table: chance.pick(TABLES) },
    { kinds: [chance.pick(KINDS)] },
    { table: chance.pick(TABLES), kinds: [chance.pick(KINDS)] },
    // What a delivery writes from its claim on: faults of these hurt most.
    { table: 'notifications', kinds: ['insert'] },
    { table: 'conversations', kinds: ['batch'] },
  ]);
}
