import { HttpRequest, InvocationContext } from '@azure/functions';
import { heartbeat } from '../../functions/heartbeat.ts';
import { messages } from '../../functions/messages.ts';
import { reminders } from '../../functions/reminders.ts';
import { JsonLog } from '../../shared/adapters/system/json-log.ts';
import { laterIfAway } from '../../shared/use-cases/delivery/later.ts';
import { parkMessage } from '../../shared/use-cases/intake/park-message.ts';
import { aConversation, anEvent } from '../support/builders.ts';
import { aWorld, queueAway } from '../support/world.ts';

export interface GoldenLine {
  readonly event: string;
  readonly fields: { readonly [name: string]: unknown };
}

/**
 * What the app writes when it delivers, puts off, retries, gives up, parks, puts back, refuses and beats: lines as they reach
 * Application Insights, read back as a query reads them (`parse_json(Message)`).
 */
export async function goldenLines(): Promise<readonly GoldenLine[]> {
  const world = aWorld();
  const [well, away, shut] = [aConversation(), aConversation(), aConversation()];
  await world.knows(well, away, shut);
  const failed = { kind: 'failed', surelyNotSent: true } as const;
  const unavailable = { ...failed, status: 503, code: 'ServiceUnavailable' };
  const refused = { ...failed, status: 400, code: 'BadSyntax' };
  world.channel.next(away.conversationId, ...Array.from({ length: 50 }, () => ({ result: unavailable })));
  world.channel.next(shut.conversationId, { result: refused });
  const quiet = aConversation();
  await world.knows(quiet);
  const { tag } = await world.preferences.findPreferences(quiet.key);
  await world.preferences.savePreferences(quiet.key, { mutes: [], quietHours: { from: 0, to: 1439 } }, tag);
  const event = anEvent({ traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' });
  await world.publish(event);
  await world.run(world.clock.now() + 48 * 3_600_000);
  await world.publish(event);
  await world.publish(anEvent({ type: 'no.such.kind' }));
  await parkMessage(world)('jobs', { kind: 'nonsense' }, [{ path: 'kind', message: 'is none' }]);
  await laterIfAway(world)(queueAway, 3, async () => {});
  const context = new InvocationContext({ functionName: 'golden', invocationId: '1', logHandler: () => {} });
  const tick = {
    isPastDue: false,
    schedule: { adjustForDST: true },
    scheduleStatus: { last: '', next: '', lastUpdated: '' },
  };
  await heartbeat(world)(tick, context);
  await reminders(world)(tick, context);
  const request = () =>
    new HttpRequest({ method: 'POST', url: 'http://x/api/messages', body: { string: '{}' } });
  const { log } = world;
  await messages({ log, inbound: { process: async () => ({ status: 401 }) } })(request(), context);
  await messages({ log, inbound: { process: async () => Promise.reject(new Error('the reason')) } })(
    request(),
    context,
  );
  return asWritten(world.log.entries);
}

/** The entries through the log that the app writes with, which redacts. */
function asWritten(entries: ReturnType<typeof aWorld>['log']['entries']): readonly GoldenLine[] {
  const lines: GoldenLine[] = [];
  const take = (text: string): void => {
    const { v: _version, event, ...fields } = JSON.parse(text) as { v: number; event: string };
    lines.push({ event, fields });
  };
  const log = new JsonLog(() => ({ info: take, warn: take, error: take }));
  for (const { level, event, fields } of entries) log[level](event, fields);
  return lines;
}
