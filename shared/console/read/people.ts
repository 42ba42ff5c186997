import { defined } from '../../domain/defined.ts';
import { parseDeliveryId } from '../../domain/delivery/delivery.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { type Instant, toIso } from '../../domain/time.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import { readParticulars } from '../../use-cases/delivery/read-particulars.ts';
import { type DescribePersonDeps, describeStanding } from '../../use-cases/people/describe-person.ts';
import { findExactly } from '../../use-cases/people/find-exactly.ts';
import { findPeople, toldNamesOf } from '../../use-cases/people/find-people.ts';
import type { PersonInBrief } from '../../use-cases/people/person-at.ts';
import { type Told, type ToldPlace, toldLately } from '../../use-cases/people/told-lately.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from '../route.ts';
import { invalid, ok, unknown } from './answers.ts';
import { Asked, continuationOf, type Language } from './asked.ts';
import { beginningOf, type ShownDeps, textOf } from './shown.ts';
import { becameOf } from './why.ts';

export interface PeopleDeps extends DescribePersonDeps, ShownDeps {
  readonly particulars: ParticularsStore;
}

const AT_ONCE = 16;
/** Begins a continuation, because the place that follows may be empty. */
const BEHIND = 'behind';
/** A channel's ids have so many characters at most. */
const LONGEST_ID = 1024;

export function peopleRoutes(deps: PeopleDeps): readonly ConsoleRoute[] {
  const find = findPeople(deps);
  const exactly = findExactly(deps);
  const standing = describeStanding(deps);
  const lately = toldLately(deps);
  const particularsOf = readParticulars(deps);
  return [
    { method: 'GET', path: 'people', role: 'reader', answer: search },
    {
      method: 'GET',
      path: 'people/{key}',
      role: 'reader',
      async answer({ params }) {
        const person = await personNamed(params);
        return person === undefined ? nobody(params) : ok(await standing(person));
      },
    },
    { method: 'GET', path: 'people/{key}/notifications', role: 'reader', answer: timeline },
  ];

  async function search({ query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const limit = asked.limit();
    const text = asked.text('text', LONGEST_ID);
    const after = asked.continuation(([name, place = '']) => (name === BEHIND ? place : undefined));
    if (asked.refusal !== undefined) return asked.refusal;
    const found =
      text === undefined ? 'too-short' : await asked.page(() => find(text, { limit, ...defined({ after }) }));
    if (found === undefined) return asked.refused();
    if (text === undefined || found === 'too-short') {
      const message = 'must have two letters of a word at least';
      return invalid([{ path: 'text', message, rule: 'too-short', values: { least: 2 } }], 'too-short');
    }
    const { people, after: next } = found;
    return ok({
      items: await inParallel(people, AT_ONCE, inBrief),
      more: next !== undefined,
      ...defined({ continuation: next === undefined ? undefined : continuationOf(BEHIND, next) }),
    });
  }

  async function inBrief(person: PersonInBrief) {
    const { key, user, isVouched, channelId, tenantId, suppressed, changedAt } = person;
    const { mail } = await toldNamesOf(deps, person);
    return {
      key,
      isVouched,
      channelId,
      changedAt: toIso(changedAt),
      ...defined({ name: user.name, tenantId, mail, objectId: user.aadObjectId, suppressed }),
    };
  }

  async function timeline({ params, query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const limit = asked.limit();
    const behind = asked.continuation(placeIn);
    const language = asked.language();
    if (asked.refusal !== undefined) return asked.refusal;
    const person = await personNamed(params);
    if (person === undefined) return nobody(params);
    const { items, next } = await lately(person, { limit, ...defined({ behind }) });
    return ok({
      items: await inParallel(items, AT_ONCE, (one) => shown(one, language)),
      ...defined({ continuation: next && continuationOf(next.at, next.delivery) }),
    });
  }

  async function shown({ at, row, result, notification }: Told, language: Language) {
    const { conversation } = row.id;
    const said = notification && (await particularsOf(notification, conversation));
    return {
      notification: row.id.notification,
      at: toIso(at),
      kind: notification?.type ?? '',
      ...becameOf(row, result),
      conversation,
      ...defined({
        title: notification && deps.entryOf(notification.type)?.title(language),
        text: said && beginningOf(textOf(deps, said, language)),
        source: notification?.source,
        lastError: result?.lastError ?? row.lastError,
        dueAt: result !== undefined || row.dueAt === undefined ? undefined : toIso(row.dueAt),
      }),
    };
  }

  /** A conversation of somebody's leads to them, whichever of theirs it is. */
  function personNamed({ key = '' }: ConsoleRequest['params']): Promise<PersonInBrief | undefined> {
    return exactly(key);
  }
}

function nobody({ key }: ConsoleRequest['params']): ConsoleAnswer {
  return unknown('person', { path: 'key', name: key });
}

function placeIn([at = '', delivery = '']: readonly string[]): ToldPlace | undefined {
  const instant: Instant | undefined = /^\d{1,13}$/.test(at) ? Number(at) : undefined;
  return instant !== undefined && parseDeliveryId(delivery) !== undefined
    ? { at: instant, delivery }
    : undefined;
}
