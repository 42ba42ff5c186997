import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aBrokerProcess, aConfig, runBroker } from './broker-process.ts';
import { aClient, aFolder, receiveOne } from './broker-under-test.ts';

/** A port that somebody listens on. */
async function aTakenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('the command', () => {
  it('says in one line where it listens, serves, and ends with status 0 when told to', async () => {
    const config = aConfig(aFolder());
    const broker = await aBrokerProcess('--port', '0', '--http-port', '0', '--config', config);
    const client = aClient(broker);
    await client.createSender('q').sendMessages({ body: 'hello' });
    expect((await receiveOne(client.createReceiver('q'))).body).toBe('hello');
    const response = await fetch(`http://127.0.0.1:${broker.httpPort}/queues`);
    expect(await response.json()).toMatchObject({ q: { active: 1, locked: 1 } });
    const { port, httpPort } = broker;
    expect(await broker.stop('SIGINT')).toEqual({
      code: 0,
      stdout: `${JSON.stringify({ ready: true, port, httpPort })}\n`,
      stderr: '',
    });
  });

  it.each(['--port', '--http-port'])('names a taken port and the option %s', async (option) => {
    const folder = aFolder();
    const port = String(await aTakenPort());
    const data = join(folder, 'data');
    const ports = option === '--port' ? ['--port', port] : ['--port', '0', '--http-port', port];
    const ending = await runBroker('--config', aConfig(folder), '--data', data, ...ports);
    expect(ending).toEqual({
      code: 1,
      stdout: '',
      stderr: `Port ${port} is taken: end what uses it, or choose another one by ${option}.\n`,
    });
    // Whoever has the port may be a broker on the same data.
    if (option === '--port') expect(existsSync(data)).toBe(false);
  });

  it.each([
    [[], /--config is missing/],
    [['--config', 'x', '--port', '70000'], /--port is "70000": it takes a number from 0 to 65535/],
    [['--config', 'x', '--verbose'], /Unknown option '--verbose'/],
  ])('explains wrong usage: %j', async (args, reason) => {
    const ending = await runBroker(...args);
    expect(ending).toMatchObject({ code: 2, stdout: '' });
    expect(ending.stderr).toMatch(reason);
    expect(ending.stderr).toMatch(/Usage: /);
  });

  it('names a configuration that it cannot use', async () => {
    const folder = aFolder();
    expect(await runBroker('--config', join(folder, 'none.json'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('none.json'),
    });
    const bad = join(folder, 'bad.json');
    writeFileSync(bad, '{"UserConfig":{}}');
    expect(await runBroker('--config', bad)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Namespaces'),
    });
  });

  it('shows its help', async () => {
    expect(await runBroker('--help')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('--data DIR'),
    });
  });
});
