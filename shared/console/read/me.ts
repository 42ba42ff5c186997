import { defined } from '../../domain/defined.ts';
import type { FindPerson } from '../../use-cases/conversation/find-person.ts';
import { type ConsoleRoute, ROLES } from '../route.ts';
import { ok } from './answers.ts';

export interface MeDeps {
  readonly findPerson: FindPerson;
  readonly isLocal: boolean;
  readonly version: string;
  readonly defaultTimeZone: string;
}

/** Who asks, and what they may do. */
export function meRoute({ findPerson, isLocal: local, version, defaultTimeZone }: MeDeps): ConsoleRoute {
  return {
    method: 'GET',
    path: 'me',
    role: 'reader',
    async answer({ who: { name, objectId, roles } }) {
      const known = objectId === undefined ? undefined : await findPerson({ user: objectId });
      const person =
        known?.personal === undefined
          ? undefined
          : { key: known.personal, ...defined({ name: known.user.name }) };
      return ok({
        name,
        roles: ROLES.filter((role) => roles.has(role)),
        local,
        version,
        defaultTimeZone,
        ...defined({ objectId, person }),
      });
    },
  };
}
