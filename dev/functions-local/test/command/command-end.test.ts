import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quickStart } from '../host-process.ts';
import { sampleHosts, settings, text } from './sample-hosts.ts';

const { directory, host } = sampleHosts();

describe('the end of the command', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s comes after the running invocation and the hook, with status 0',
    async (signal) => {
      const started = host();
      const { port } = await started.ready;
      const answer = fetch(`http://127.0.0.1:${port}/api/slow`, { method: 'POST', body: '200' });
      await started.line('slow began');
      started.child.kill(signal);
      expect(await (await answer).text()).toBe('slow ended');
      expect(await started.ended).toBe(0);
      expect(started.lines.at(-1)).toBe('appTerminate ran');
    },
  );

  it('is not cut short by the second signal of the same Ctrl-C', async () => {
    const started = host();
    const { port } = await started.ready;
    const answer = fetch(`http://127.0.0.1:${port}/api/slow`, { method: 'POST', body: '300' });
    await started.line('slow began');
    started.child.kill('SIGINT');
    await started.line('Stopping. 1 invocation(s) may end within 5000 ms.');
    started.child.kill('SIGINT');
    started.child.kill('SIGTERM');
    expect(await (await answer).text()).toBe('slow ended');
    expect(await started.ended).toBe(0);
  });

  it('by another Ctrl-C later comes at once, with status 1', async () => {
    const started = host();
    const { port } = await started.ready;
    const answer = fetch(`http://127.0.0.1:${port}/api/slow`, { method: 'POST', body: '60000' }).catch(
      () => 'cut off',
    );
    await started.line('slow began');
    started.child.kill('SIGINT');
    await started.line('Stopping. 1 invocation(s) may end within 5000 ms.');
    const again = setInterval(() => started.child.kill('SIGINT'), 50);
    expect(await started.ended).toBe(1);
    clearInterval(again);
    expect(await answer).toBe('cut off');
  });

  it('does not wait longer than --grace for a running invocation', async () => {
    const started = host(['--grace', '0.1']);
    const { port } = await started.ready;
    const answer = fetch(`http://127.0.0.1:${port}/api/slow`, { method: 'POST', body: '60000' }).catch(
      () => 'cut off',
    );
    await started.line('slow began');
    started.child.kill('SIGTERM');
    expect(await answer).toBe('cut off');
    expect(await started.ended).toBe(0);
    expect(started.lines.at(-1)).toBe('appTerminate ran');
  });

  it('comes when standard input closes, if asked to end with its parent', async () => {
    const started = host(['--exit-with-parent']);
    await started.ready;
    started.child.stdin?.end();
    expect(await started.ended).toBe(0);
  });

  it('does not come when standard input closes otherwise', async () => {
    const started = host();
    const { port } = await started.ready;
    started.child.stdin?.end();
    expect(await text(port, '/admin/host/ping')).toBe('');
  });

  it('comes when the channel to its parent closes, if asked to end with it', async () => {
    const child = fork(
      join(import.meta.dirname, '../../main.ts'),
      ['--app', directory(), '--port', '0', '--exit-with-parent'],
      { env: { ...process.env, ...quickStart, ...settings }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
    );
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.includes('"ready":true') && child.connected) child.disconnect();
    });
    expect((await once(child, 'exit'))[0]).toBe(0);
  });

  it('comes when its parent is killed', async () => {
    // The parent passes its own standard input on, so that only its death can be noticed.
    const parent = spawn(
      process.execPath,
      [
        '-e',
        `const { spawn } = require('node:child_process');
         const child = spawn(process.execPath, process.argv.slice(1), { stdio: ['ignore', 'inherit', 'inherit'] });
         process.stdout.write('child ' + child.pid + '\\n');`,
        join(import.meta.dirname, '../../main.ts'),
        ...['--app', directory(), '--port', '0', '--exit-with-parent'],
      ],
      { env: { ...process.env, ...quickStart, ...settings }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    parent.stdout.setEncoding('utf8');
    for await (const chunk of parent.stdout) {
      output += chunk;
      if (output.includes('"ready":true')) parent.kill('SIGKILL');
    }
    // The child holds the pipe too: the loop ends when both are gone.
    expect(output).toContain('appTerminate ran');
  });
});
