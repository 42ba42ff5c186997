import { z } from 'zod';
import type { Reader } from '../catalog/entry.ts';
import type { JsonObject, Notification } from '../domain/event/notification.ts';
import type { Fault } from '../domain/fault.ts';
import { ParkingReason } from '../ports/event/parking.ts';
import { checkMessage, type Message, spellingOfMessage } from '../use-cases/authoring/check-message.ts';
import { type CountPeopleDeps, countPeople } from '../use-cases/authoring/count-people.ts';
import { previewMessage } from '../use-cases/authoring/preview-message.ts';
import { isSameRequest, type SameRequestDeps } from '../use-cases/authoring/same-request.ts';
import { testMessage } from '../use-cases/authoring/test-message.ts';
import type { PublishEvents } from '../use-cases/intake/publish-events.ts';
import type { AllKinds } from '../use-cases/kinds/all-kinds.ts';
import { Asked } from './read/asked.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute, Principal } from './route.ts';
import { bodyAs, invalid, isRefusal, keyOf, OTHER_REQUEST, type Refusal } from './write-answers.ts';

const message = {
  type: z.string(),
  data: z.record(z.string(), z.unknown(), { error: 'must be an object: the data of the event' }),
};
const messageBody = z.object(message);
/** Of a message that is being written nothing has to be right. */
const unfinishedBody = z.object({ type: z.unknown().optional(), data: z.unknown().optional() });
const testBody = z.object({
  message: z.strictObject(message, { error: 'must be a message: an object with "type" and "data"' }),
  to: z.string().optional(),
});

const DOES_NOT_DO = 'The message cannot be sent as it is';

export interface MessageDeps extends CountPeopleDeps, SameRequestDeps {
  readonly publish: PublishEvents;
  readonly kinds: Pick<AllKinds, 'entryOf' | 'knownTypes'>;
  readonly defaultTimeZone: string;
  /** The local stack, where nobody has to sign in. */
  readonly isLocal: boolean;
}

export function messageRoutes(deps: MessageDeps): readonly ConsoleRoute[] {
  return [
    { method: 'POST', path: 'preview', role: 'author', answer: preview },
    { method: 'POST', path: 'dry-run', role: 'author', answer: dryRun },
    { method: 'POST', path: 'test', role: 'author', action: 'notification.test', answer: test },
    { method: 'POST', path: 'notifications', role: 'author', action: 'notification.send', answer: send },
  ];

  async function preview({ body, query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const locale = asked.locale();
    if (asked.refusal !== undefined) return asked.refusal;
    const read = bodyAs(unfinishedBody, body);
    if (!read.ok) return invalid('This is no message', read.faults);
    return { status: 200, body: previewMessage(asMessage(read.value), readerOf(locale), deps.kinds) };
  }

  async function dryRun({ body, who }: ConsoleRequest): Promise<ConsoleAnswer> {
    const read = bodyAs(unfinishedBody, body);
    if (!read.ok) return invalid('This is no message', read.faults);
    const asked = asMessage(read.value);
    const { notification, faults } = checked(asked, 'dry-run', who);
    const spelling = spellingOfMessage(asked);
    const told = { faults: [...faults, ...spelling.faults], warnings: spelling.warnings };
    if (notification === undefined) return { status: 200, body: told };
    return { status: 200, body: { ...(await countPeople(deps, notification)), ...told } };
  }

  async function send(request: ConsoleRequest): Promise<ConsoleAnswer> {
    const key = keyOf(request);
    if (isRefusal(key)) return key;
    const read = bodyAs(messageBody, request.body);
    if (!read.ok) return invalid('This is no message', read.faults);
    const misspelt = spellingOfMessage(read.value).faults;
    return published(read.value, { id: key, request: read.value, who: request.who, misspelt });
  }

  async function test(request: ConsoleRequest): Promise<ConsoleAnswer> {
    const key = keyOf(request);
    if (isRefusal(key)) return key;
    const read = bodyAs(testBody, request.body);
    if (!read.ok) return invalid('This is no test', read.faults);
    const recipient = oneself(request.who, read.value.to);
    if (isRefusal(recipient)) return recipient;
    const id = `test/${key}`;
    const asked = { to: recipient, about: aboutOf(id, request.who), reader: readerOf('en') };
    const made = testMessage(read.value.message, asked, deps.kinds);
    if ('faults' in made) return invalid(DOES_NOT_DO, made.faults, made.reason);
    // What is misspelt is seen in a test best.
    return published(made, { id, request: read.value, who: request.who, misspelt: [] });
  }

  function oneself({ objectId }: Principal, to: string | undefined): JsonObject | Refusal {
    if (deps.isLocal && to !== undefined) return { conversation: to };
    if (to !== undefined) {
      const message = 'may be given on the local stack only: a test goes to whoever is signed in';
      return invalid('A test goes to oneself', [{ path: 'to', message, rule: 'only-oneself' }]);
    }
    if (objectId !== undefined) return { user: objectId };
    const message = 'is missing; on the local stack nobody is signed in, so name who is told by their key';
    return invalid('It is not known who tests', [{ path: 'to', message, rule: 'missing' }]);
  }

  async function published(
    message: Message,
    {
      id,
      request,
      who,
      misspelt,
    }: {
      readonly id: string;
      readonly request: object;
      readonly who: Principal;
      readonly misspelt: readonly Fault[];
    },
  ): Promise<ConsoleAnswer> {
    const { notification, reason = ParkingReason.invalidData, faults } = checked(message, id, who);
    const all = [...faults, ...misspelt];
    if (notification === undefined || all.length > 0) return invalid(DOES_NOT_DO, all, reason);
    const { type, data, source } = notification;
    if (!(await isSameRequest(deps, notification, request))) return OTHER_REQUEST;
    const result = await deps.publish([{ specversion: '1.0', id, source, type, data }]);
    if (result.kind === 'refused') return invalid(DOES_NOT_DO, result.faults, result.reason);
    return { status: 202, body: { id: notification.id } };
  }

  function checked(message: Message, id: string, who: Principal) {
    return checkMessage(message, aboutOf(id, who), deps.kinds);
  }

  function aboutOf(id: string, who: Principal) {
    return { id, source: sourceOf(who), at: deps.clock.now() };
  }

  function readerOf(locale: string): Required<Pick<Reader, 'locale' | 'timeZone' | 'now'>> {
    return { locale, timeZone: deps.defaultTimeZone, now: deps.clock.now() };
  }
}

/** Whose message it is: the source of what somebody sends with the console. */
export function sourceOf({ objectId }: Pick<Principal, 'objectId'>): string {
  return `console/${objectId ?? 'local'}`;
}

/** Whether somebody sent it with the console themselves. */
export function isOwn({ source }: Pick<Notification, 'source'>, who: Principal): boolean {
  return source === sourceOf(who);
}

function asMessage({ type, data }: { readonly type?: unknown; readonly data?: unknown }): Message {
  return { type, data };
}
