import { app, type HttpHandler } from '@azure/functions';
import { once } from '../shared/domain/once.ts';
import { queueNames } from '../shared/manifest.ts';
import { onFirstUse } from './first-use.ts';
import { readSettings, refuseForSettings, unhealthySettings } from './settings.ts';
import { version } from './version.ts';

// The registration table. With a bad setting the local stack stops here; a deployed app answers over HTTP that it has
// one, and registers nothing else: messages wait untouched on their queues.
const { faults, config } = await readSettings(process.env);
const isUsable = faults.length === 0;
// What is called and answered has names: the library makes them up otherwise, and loads `crypto` to do so.
const call = { name: 'call' };
const exchange = { ...call, return: { type: 'http', name: 'answer' } };
const http = (load: () => Promise<HttpHandler>): HttpHandler =>
  isUsable ? onFirstUse(load) : refuseForSettings;
const world = onFirstUse(async () => {
  const { compose } = await import('../shared/compose.ts');
  const composed = compose(config(), version);
  return () => composed;
});

app.http('messages', {
  ...exchange,
  methods: ['POST'],
  // The Bot Connector brings a token of its own, which the bot adapter checks.
  authLevel: 'anonymous',
  route: 'messages',
  handler: http(async () => (await import('./messages.ts')).messages(await (await world()).messages())),
});

app.http('publish', {
  ...exchange,
  methods: ['POST', 'OPTIONS'],
  authLevel: 'function',
  route: 'events',
  handler: http(async () => (await import('./publish.ts')).publish(await (await world()).publish())),
});

app.http('hooks', {
  ...exchange,
  methods: ['POST', 'OPTIONS'],
  // The secret in the address is what admits.
  authLevel: 'anonymous',
  route: 'hooks/{address}/{*rest}',
  handler: http(async () => (await import('./hooks.ts')).hooks(await (await world()).hooks())),
});

app.http('notifications', {
  ...exchange,
  methods: ['GET'],
  authLevel: 'function',
  route: 'notifications/{id?}',
  handler: http(async () =>
    (await import('./notifications.ts')).notifications(await (await world()).notifications()),
  ),
});

app.http('export', {
  ...exchange,
  methods: ['GET'],
  // The key in the address is what admits; it opens for ten minutes.
  authLevel: 'anonymous',
  route: 'export/{key}',
  handler: http(async () => (await import('./export.ts')).exportData(await (await world()).exported())),
});

app.http('cancel', {
  ...exchange,
  methods: ['DELETE'],
  // A key of its own: who may read reports may not stop what others are to be told.
  authLevel: 'function',
  route: 'notifications/{id?}',
  handler: http(async () => (await import('./cancel.ts')).cancel(await (await world()).cancel())),
});

app.http('console', {
  ...exchange,
  methods: ['GET', 'POST', 'PUT', 'DELETE'],
  // Its door looks at who is signed in; without a sign-in there is no console.
  authLevel: 'anonymous',
  route: 'console/{*path}',
  handler: http(async () => {
    const { operatorsConsole } = await import('./console.ts');
    const files = once(async () => {
      const { readPageFiles } = await import('../shared/adapters/system/page-files.ts');
      return readPageFiles(new URL('console/', import.meta.url));
    });
    const behind = await (await world()).console();
    return operatorsConsole(behind && { ...behind, files });
  }),
});

app.http('health', {
  ...exchange,
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'health',
  handler: isUsable
    ? onFirstUse(async () => (await import('./health.ts')).health(await (await world()).health()))
    : unhealthySettings(faults),
});

if (isUsable) {
  app.serviceBusQueue('events', {
    ...call,
    connection: 'ServiceBusConnection',
    queueName: queueNames.events,
    handler: onFirstUse(async () => (await import('./events.ts')).events(await (await world()).events())),
  });

  app.serviceBusQueue('deliveries', {
    ...call,
    connection: 'ServiceBusConnection',
    queueName: queueNames.deliveries,
    handler: onFirstUse(async () =>
      (await import('./deliveries.ts')).deliveries(await (await world()).deliveries()),
    ),
  });

  app.serviceBusQueue('jobs', {
    ...call,
    connection: 'ServiceBusConnection',
    queueName: queueNames.jobs,
    handler: onFirstUse(async () => (await import('./jobs.ts')).jobs(await (await world()).jobs())),
  });

  app.timer('heartbeat', {
    ...call,
    // Every minute, in UTC. It only looks at what is due: it may come late, twice, or not at all for a while.
    schedule: '0 * * * * *',
    handler: onFirstUse(async () =>
      (await import('./heartbeat.ts')).heartbeat(await (await world()).heartbeat()),
    ),
  });

  app.timer('reminders', {
    ...call,
    // Every minute, in UTC. It looks ahead to the end of the next one: each reminder goes out at its own second.
    schedule: '0 * * * * *',
    handler: onFirstUse(async () =>
      (await import('./reminders.ts')).reminders(await (await world()).reminders()),
    ),
  });
}
