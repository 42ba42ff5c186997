import {
  app,
  type HttpRequest,
  type InvocationContext,
  type RetryOptions,
  type ServiceBusQueueFunctionOptions,
} from '@azure/functions';

/** What the functions saw, for a test to read at GET /api/seen. */
const seen: unknown[] = [];
const hooks: string[] = [];

app.hook.appStart(() => {
  hooks.push('appStart');
});
app.hook.appTerminate(async () => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  console.log('appTerminate ran');
});
app.hook.log((context) => {
  context.message = context.message.replaceAll('secret', '***');
});

async function echo(request: HttpRequest, context: InvocationContext) {
  context.log(`echo of ${request.method}, secret`);
  return {
    jsonBody: {
      method: request.method,
      url: request.url,
      query: Object.fromEntries(request.query),
      headers: Object.fromEntries(request.headers),
      params: request.params,
      body: await request.text(),
      traceParent: context.traceContext?.traceParent,
      hooks,
    },
  };
}

app.http('echo', { methods: ['GET', 'POST', 'PUT'], route: 'echo/{id:int?}', handler: echo });
app.http('files', { methods: ['GET'], route: 'files/{*path}', handler: echo });
app.http('nameless', { methods: ['GET'], authLevel: 'admin', handler: echo });
app.http('off', { methods: ['GET'], handler: echo });
app.http('nothing', { methods: ['GET'], handler: () => undefined as never }); // answered with 204
app.http('text', { methods: ['GET'], handler: () => 'not a response' as never }); // a mistake that the library refuses
app.http('fails', {
  methods: ['GET'],
  handler: () => {
    throw new Error('the handler failed');
  },
});
app.http('answer', {
  methods: ['GET', 'HEAD'],
  handler: () => ({
    status: 201,
    headers: { 'x-own': 'yes', 'content-type': 'application/octet-stream' },
    cookies: [
      {
        name: 'flavour',
        value: 'oat & raisin',
        maxAge: 60,
        path: '/api',
        sameSite: 'Strict',
        httpOnly: true,
        secure: true,
      },
      { name: 'plain', value: '1', expires: new Date(0 + 86_400_000), sameSite: 'None' },
    ],
    body: new Uint8Array([0, 1, 254, 255]),
  }),
});
app.http('slow', {
  methods: ['POST'],
  handler: async (request: HttpRequest, context: InvocationContext) => {
    context.log('slow began');
    const milliseconds = Number(await request.text());
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return { body: 'slow ended' };
  },
});
app.http('seen', { methods: ['GET'], handler: () => ({ jsonBody: seen }) });
app.http('settings', {
  methods: ['GET'],
  handler: (request: HttpRequest) => ({ body: process.env[request.query.get('name') ?? ''] ?? '(not set)' }),
});

app.timer('heartbeat', {
  schedule: '%HeartbeatSchedule%',
  handler: (timer, context) => {
    seen.push({ function: context.functionName, timer });
    context.log('heartbeat ran');
  },
});

if (process.env.SampleQueue) {
  const orders: ServiceBusQueueFunctionOptions & { retry: RetryOptions } = {
    connection: 'ServiceBusConnection',
    queueName: '%SampleQueue%',
    retry: { strategy: 'fixedDelay', maxRetryCount: 3, delayInterval: 1 },
    handler: (body, context) => {
      const { triggerMetadata, traceContext } = context;
      seen.push({ function: 'orders', body, triggerMetadata, traceParent: traceContext?.traceParent });
      context.log(`order ${triggerMetadata?.messageId} delivery ${triggerMetadata?.deliveryCount}`);
      if (triggerMetadata?.subject === 'refuse') throw new Error('refused');
    },
  };
  app.serviceBusQueue('orders', orders);
}
