import { defined } from '../../domain/defined.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { toIso } from '../../domain/time.ts';
import { AUDIT_KEPT_FOR, type AuditTrail } from '../../ports/audit-trail.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FindPerson } from '../../use-cases/conversation/find-person.ts';
import type { ConsoleRoute } from '../route.ts';
import { ok } from './answers.ts';
import { Asked, continuationOf } from './asked.ts';

export interface AuditReadDeps {
  readonly audit: Pick<AuditTrail, 'listEntries'>;
  readonly findPerson: FindPerson;
  readonly clock: Clock;
}

const AT_ONCE = 16;

/** Who did what. Rows hold object ids; a name is shown as long as the notifier knows the person. */
export function auditRoute(deps: AuditReadDeps): ConsoleRoute {
  return {
    method: 'GET',
    path: 'audit',
    role: 'reader',
    async answer({ query }) {
      const asked = new Asked(query);
      const limit = asked.limit();
      const after = asked.continuation(([place]) => place);
      if (asked.refusal !== undefined) return asked.refusal;
      const now = deps.clock.now();
      const range = { from: now, since: now - AUDIT_KEPT_FOR, limit, ...defined({ after }) };
      const page = await asked.page(() => deps.audit.listEntries(range));
      if (page === undefined) return asked.refused();
      const names = await namesOf(page.items.map(({ who }) => who));
      const items = page.items.map(({ id: _id, at, who, outcome, ...entry }) => ({
        at: toIso(at),
        who,
        ...defined({ name: names.get(who) }),
        ...entry,
        outcome: outcome ?? 'begun',
      }));
      const continuation = page.after === undefined ? undefined : continuationOf(page.after);
      return ok({ items, ...defined({ continuation }) });
    },
  };

  async function namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const people = [...new Set(ids)].filter((id) => id !== 'local');
    const known = await inParallel(people, AT_ONCE, async (id) => {
      const name = (await deps.findPerson({ user: id }))?.user.name;
      return name === undefined ? [] : [[id, name] as const];
    });
    return new Map(known.flat());
  }
}
