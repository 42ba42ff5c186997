import { z } from 'zod';
import type { EntityOperation, Operation } from './operation.ts';

const kind = z.enum([
  'get',
  'query',
  'insert',
  'update',
  'merge',
  'upsert',
  'delete',
  'batch',
  'table',
  'other',
]);

const matcher = z.strictObject({
  /** Kinds of operation; none given: every kind. A batch also matches by the kinds that it holds. */
  kinds: z.array(kind).min(1).optional(),
  /** Table name; none given: every table. */
  table: z.string().min(1).optional(),
  partitionKey: z.string().optional(),
  rowKey: z.string().optional(),
});

const status = z.strictObject({
  type: z.literal('status'),
  /** The answer given instead of asking the tables. */
  status: z.number().int().min(400).max(599),
  /** The service's error code; default: the usual one for the status. */
  code: z.string().min(1).optional(),
  /** `Retry-After` header, in seconds. */
  retryAfterSeconds: z.number().int().min(0).optional(),
});

const reset = z.strictObject({
  type: z.literal('reset'),
  /**
   * `before`: the connection breaks and the tables never saw the request; `after`: they did, and the answer is
   * lost, so that the caller cannot know.
   */
  when: z.enum(['before', 'after']),
});

const timeout = z.strictObject({
  type: z.literal('timeout'),
  /** No answer ever comes; `after`: the tables have done the work all the same. */
  when: z.enum(['before', 'after']),
});

const delay = z.strictObject({
  type: z.literal('delay'),
  /** The request is forwarded this many milliseconds later. */
  milliseconds: z.number().int().min(0).max(600_000),
});

/** A rule: which operations, which fault, how many times. */
export const faultRule = z.strictObject({
  match: matcher.default({}),
  /** This many matching operations go through first. */
  skip: z.number().int().min(0).default(0),
  /** This many matching operations get the fault; `null`: every one until the rule is taken away. */
  times: z.number().int().min(1).nullable().default(1),
  fault: z.discriminatedUnion('type', [status, reset, timeout, delay]),
});

export type FaultRuleInput = z.input<typeof faultRule>;
export type FaultRule = z.output<typeof faultRule>;
export type Fault = FaultRule['fault'];

interface ActiveRule {
  readonly id: number;
  readonly rule: FaultRule;
  skip: number;
  left: number;
}

/** The rules in force; the first that matches an operation decides. */
export class FaultRules {
  #rules: ActiveRule[] = [];
  #nextId = 1;

  /** Adds a rule and returns its number. Throws z.ZodError when it is malformed. */
  add(input: FaultRuleInput): number {
    const rule = faultRule.parse(input);
    const id = this.#nextId++;
    this.#rules.push({ id, rule, skip: rule.skip, left: rule.times ?? Number.POSITIVE_INFINITY });
    return id;
  }

  /** Takes a rule away, or all of them; whether there was one. */
  remove(id?: number): boolean {
    const before = this.#rules.length;
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id);
    return this.#rules.length < before;
  }

  list(): { id: number; rule: FaultRule; left: number | null }[] {
    return this.#rules.map(({ id, rule, left }) => ({ id, rule, left: Number.isFinite(left) ? left : null }));
  }

  /** The fault for this operation, if a rule asks for one; the rule counts it. */
  take(operation: Operation): Fault | undefined {
    for (const active of this.#rules) {
      if (!matches(active.rule, operation)) continue;
      if (active.skip > 0) {
        active.skip--;
        continue;
      }
      active.left--;
      if (active.left <= 0) this.remove(active.id);
      return active.rule.fault;
    }
    return undefined;
  }
}

function matches({ match }: FaultRule, operation: Operation): boolean {
  const holds = (each: EntityOperation) =>
    (match.kinds === undefined || match.kinds.includes(each.kind)) &&
    (match.table === undefined || match.table === each.table) &&
    (match.partitionKey === undefined || match.partitionKey === each.partitionKey) &&
    (match.rowKey === undefined || match.rowKey === each.rowKey);
  return holds(operation) || operation.entities.some(holds);
}
