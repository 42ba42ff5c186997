import { app } from '@azure/functions';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FunctionsHost, type HostOptions, startHost } from '../host.ts';
import { timerInput } from '../inputs.ts';
import { buildSampleApp } from './sample-app.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function hostOf(options: HostOptions): Promise<{ host: FunctionsHost; lines: string[] }> {
  const lines: string[] = [];
  const host = await startHost({ port: 0, write: (line) => lines.push(line), ...options });
  opened.push(host.stop);
  return { host, lines };
}

describe('a host in the process of a test', () => {
  it.each(['esm bundle', 'esm with node_modules', 'cjs bundle'] as const)(
    'runs the app as %s',
    async (form) => {
      const folder = await buildSampleApp(form);
      opened.push(folder.remove);
      const { host } = await hostOf({ app: folder.directory, env: { HeartbeatSchedule: '0 0 0 1 1 *' } });
      const response = await fetch(`${host.baseUrl}/api/echo/5?x=1&x=2`, { method: 'POST', body: 'text' });
      const { params, query, body } = z.looseObject({}).parse(await response.json());
      expect({ params, query, body }).toEqual({ params: { id: '5' }, query: { x: '1,2' }, body: 'text' });
    },
  );

  it('runs an app that is a function, one host after the other', async () => {
    for (const name of ['first', 'second']) {
      const { host } = await hostOf({ app: () => app.http(name, { handler: () => ({ body: name }) }) });
      expect(host.functions).toEqual([name]);
      expect(await (await fetch(`${host.baseUrl}/api/${name}`)).text()).toBe(name);
      await host.stop();
    }
  });

  it('loads the same folder again for the next host', async () => {
    const folder = await buildSampleApp('esm bundle');
    opened.push(folder.remove);
    const env = { HeartbeatSchedule: '0 0 0 1 1 *' };
    const first = await hostOf({ app: folder.directory, env });
    await first.host.stop();
    const second = await hostOf({ app: folder.directory, env });
    expect(second.host.functions).toEqual(first.host.functions);
  });

  it('lets the app see the settings, and only while it runs', async () => {
    const seen: unknown[] = [];
    const look = () => seen.push(process.env.HostTestSetting, process.env.AZURE_FUNCTIONS_ENVIRONMENT);
    const { host } = await hostOf({
      app: () => app.http('look', { handler: () => void look() as never }),
      env: { HostTestSetting: 'on' },
    });
    await fetch(`${host.baseUrl}/api/look`);
    await host.stop();
    look();
    expect(seen).toEqual(['on', 'Development', undefined, undefined]);
  });

  it('invokes a function without its trigger', async () => {
    const { host } = await hostOf({
      app: () =>
        app.timer('tick', {
          schedule: '0 0 0 1 1 *',
          handler: (timer) => `past due: ${timer.isPastDue}` as never,
        }),
    });
    expect((await host.invoke('tick', timerInput({ isPastDue: true }))).result).toBe('past due: true');
  });

  it('logs the begin and the end of each invocation only when verbose', async () => {
    const quiet = await hostOf({ app: () => app.http('hello', { handler: () => ({}) }) });
    await fetch(`${quiet.host.baseUrl}/api/hello`);
    expect(quiet.lines).toEqual([]);
    await quiet.host.stop();
    const { host, lines } = await hostOf({
      app: () => app.http('hello', { handler: () => ({}) }),
      verbose: true,
    });
    await fetch(`${host.baseUrl}/api/hello`);
    expect(lines).toEqual([
      expect.stringMatching(/\[debug\] \[hello [0-9a-f]{8}\] Executing 'Functions\.hello'$/),
      expect.stringMatching(
        /\[debug\] \[hello [0-9a-f]{8}\] Executed 'Functions\.hello' \(Succeeded, \d+ms\)$/,
      ),
    ]);
  });

  it('uses the route prefix of host.json', async () => {
    const { host } = await hostOf({
      app: () => app.http('hello', { handler: () => ({ body: 'hi' }) }),
      hostJson: { version: '2.0', extensions: { http: { routePrefix: '' } } },
    });
    expect((await fetch(`${host.baseUrl}/hello`)).status).toBe(200);
    expect((await fetch(`${host.baseUrl}/api/hello`)).status).toBe(404);
  });

  it('starts no disabled function, needs none of its settings, and runs it by hand', async () => {
    const ran: string[] = [];
    const timer = (name: string, schedule: string) =>
      app.timer(name, { schedule, runOnStartup: true, handler: () => void ran.push(name) });
    const { host, lines } = await hostOf({
      app: () => {
        timer('off', '%OffSchedule%');
        timer('on', '0 0 0 1 1 *');
      },
      env: { 'AzureWebJobs.off.Disabled': '1', OffSchedule: undefined },
    });
    expect(host.functions).toEqual(['on']);
    while (ran.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(ran).toEqual(['on']);
    expect(lines).toEqual([expect.stringContaining('[off] Disabled by an app setting.')]);

    process.env.OffSchedule = '0 0 0 1 1 *';
    const byHand = await fetch(`${host.baseUrl}/admin/functions/OFF`, {
      method: 'POST',
      body: '{"input":""}',
    });
    expect(byHand.status).toBe(202);
    while (ran.length === 1) await new Promise((resolve) => setImmediate(resolve));
    expect(ran).toEqual(['on', 'off']);
  });

  it('warns that it ignores a retry policy of an HTTP function', async () => {
    const retry = { strategy: 'fixedDelay', maxRetryCount: 1, delayInterval: 1 } as const;
    const { lines } = await hostOf({
      app: () =>
        app.generic('probe', { trigger: { type: 'httpTrigger', name: 'r' }, retry, handler: () => {} }),
    });
    expect(lines).toEqual([
      expect.stringMatching(/\[warning\] \[probe\] The option "retry" is not supported/),
    ]);
  });
});

describe('a host that stops', () => {
  it('answers the request under way, and takes no other', async () => {
    let release = () => {};
    let begun = () => {};
    const beginning = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { host } = await hostOf({
      app: () =>
        app.http('slow', {
          handler: async () => {
            await new Promise<void>((resolve) => {
              release = resolve;
              begun();
            });
            return { body: 'done' };
          },
        }),
    });
    const answer = fetch(`${host.baseUrl}/api/slow`).then((response) => response.text());
    await beginning;
    const stopped = host.stop();
    await expect(fetch(`${host.baseUrl}/api/slow`)).rejects.toThrow();
    release();
    expect(await answer).toBe('done');
    await stopped;
  });

  it('cuts off what does not end in time, says so, and still runs the appTerminate hooks', async () => {
    const order: string[] = [];
    const { host, lines } = await hostOf({
      gracePeriodMs: 50,
      app: () => {
        app.http('endless', { handler: () => new Promise<never>(() => order.push('begun')) });
        app.hook.appTerminate(() => void order.push('appTerminate'));
      },
    });
    const answer = fetch(`${host.baseUrl}/api/endless`).catch(() => 'cut off');
    while (order.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await host.stop();
    expect(await answer).toBe('cut off');
    expect(order).toEqual(['begun', 'appTerminate']);
    expect(lines).toEqual([
      expect.stringContaining('Stopping. 1 invocation(s) may end within 50 ms.'),
      expect.stringContaining('1 invocation(s) did not end within 50 ms and are cut off.'),
    ]);
  });

  it('does not wait longer for an appTerminate hook', async () => {
    const { host } = await hostOf({
      gracePeriodMs: 50,
      app: () => {
        app.http('hello', { handler: () => ({}) });
        app.hook.appTerminate(() => new Promise(() => {}));
      },
    });
    await host.stop();
  });
});
