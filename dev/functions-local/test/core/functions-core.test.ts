import { app, type InvocationContext } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { createFunctionsCore } from '../../core/functions-core.ts';
import type { LogEntry } from '../../core/invocation.ts';
import { httpInput, serviceBusInput, timerInput, toResponse } from '../../inputs.ts';

/** A core with one function, `probe`, and what it logged. */
async function coreWith(
  handler: (input: unknown, context: InvocationContext) => unknown,
  more: () => void = () => {},
) {
  const logged: LogEntry[] = [];
  const core = createFunctionsCore({ log: (entry) => logged.push(entry) });
  await core.load(() => {
    app.generic('probe', { trigger: { type: 'serviceBusTrigger', name: 'message' }, handler });
    more();
  });
  return { core, logged };
}

describe('the functions core', () => {
  it('invokes a handler with the real InvocationContext', async () => {
    const { core, logged } = await coreWith((input, context) => {
      context.warn('saw', input);
      return { name: context.functionName, id: context.invocationId, trigger: context.options.trigger.type };
    });
    const { result, invocationId } = await core.invoke('probe', serviceBusInput({ body: { a: 1 } }));
    expect(result).toEqual({ name: 'probe', id: invocationId, trigger: 'serviceBusTrigger' });
    expect(logged).toContainEqual({
      level: 'warning',
      category: 'user',
      message: 'saw { a: 1 }',
      functionName: 'probe',
      invocationId,
    });
  });

  it('throws what the handler throws', async () => {
    const failure = new Error('no');
    const { core } = await coreWith(() => Promise.reject(failure));
    await expect(core.invoke('probe', serviceBusInput({ body: '' }))).rejects.toBe(failure);
  });

  it('takes a handler that throws nothing for one that succeeds, as the worker does', async () => {
    const { core } = await coreWith(() => Promise.reject(undefined));
    expect((await core.invoke('probe', serviceBusInput({ body: '' }))).result).toBe(null);
  });

  it('answers an HTTP function as a fetch Response', async () => {
    const core = createFunctionsCore();
    await core.load(() =>
      app.http('sum', {
        handler: async (request) => ({
          status: 201,
          jsonBody: [await request.json(), request.params, request.url],
        }),
      }),
    );
    const outcome = await core.invoke(
      'sum',
      httpInput({ method: 'POST', url: '/api/sum?x=1', body: { a: 1 }, params: { p: 'q' } }),
    );
    const response = toResponse(outcome);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual([{ a: 1 }, { p: 'q' }, 'http://localhost:7071/api/sum?x=1']);
  });

  it('hands a timer function a Timer', async () => {
    const core = createFunctionsCore();
    let seen: unknown;
    await core.load(() =>
      app.timer('tick', {
        schedule: '0 * * * * *',
        handler: (timer) => {
          seen = timer;
        },
      }),
    );
    await core.invoke(
      'tick',
      timerInput({ isPastDue: true, status: { last: undefined, next: 0, lastUpdated: 1000 } }),
    );
    expect(seen).toEqual({
      isPastDue: true,
      schedule: { adjustForDST: true },
      scheduleStatus: {
        last: '0001-01-01T00:00:00+00:00',
        next: '1970-01-01T00:00:00.000+00:00',
        lastUpdated: '1970-01-01T00:00:01.000+00:00',
      },
    });
  });

  it('warns of a log call after the invocation has ended', async () => {
    let late: InvocationContext | undefined;
    const { core, logged } = await coreWith((_, context) => {
      late = context;
    });
    await core.invoke('probe', serviceBusInput({ body: '' }));
    late?.log('too late');
    expect(logged.map(({ level, category }) => `${level} ${category}`)).toEqual([
      'warning system',
      'information user',
    ]);
    expect(logged[0]?.message).toContain("Unexpected call to 'log'");
  });

  it('refuses the same name twice', async () => {
    const core = createFunctionsCore();
    const register = () => app.timer('twice', { schedule: '0 * * * * *', handler: () => {} });
    await expect(
      core.load(() => {
        register();
        register();
      }),
    ).rejects.toThrow('A function with id "twice" has already been registered.');
  });

  it('locks registration once the app is loaded', async () => {
    await coreWith(() => {});
    expect(() => app.timer('late', { schedule: '0 * * * * *', handler: () => {} })).toThrow(
      'A function can only be registered during app startup.',
    );
  });

  it('locks app.setup once the app is loaded', async () => {
    await coreWith(() => {});
    expect(() => app.setup({ capabilities: { Late: true } })).toThrow("can't be changed after app startup");
  });

  it.each([
    [
      'throws',
      () => Promise.reject(new Error('a module is missing')),
      'The app failed to load: a module is missing',
    ],
    ['registers nothing', () => {}, 'The app registers no function'],
    [
      'gives a function a name that Azure refuses',
      () => app.http('1st', { handler: () => ({}) }),
      '"1st" is not a valid',
    ],
  ])('says so when the app %s', async (_, register, message) => {
    await expect(createFunctionsCore().load(register)).rejects.toThrow(message);
  });

  it('names the functions there are when one is asked for that does not exist', async () => {
    const { core } = await coreWith(() => {});
    await expect(core.invoke('probes', timerInput())).rejects.toThrow(
      'There is no function "probes". The app registers: probe.',
    );
  });

  it('keeps the functions of two cores apart, also when they load at the same time', async () => {
    const load = async (name: string) => {
      const core = createFunctionsCore();
      await core.load(async () => {
        await new Promise((resolve) => setImmediate(resolve));
        app.timer(name, { schedule: '0 * * * * *', handler: () => {} });
      });
      return [...core.functions.keys()];
    };
    expect(await Promise.all([load('first'), load('second')])).toEqual([['first'], ['second']]);
  });

  it('loads the next app after one that failed', async () => {
    await expect(createFunctionsCore().load(() => {})).rejects.toThrow();
    const { core } = await coreWith(() => 'works');
    expect((await core.invoke('probe', serviceBusInput({ body: '' }))).result).toBe('works');
  });
});
