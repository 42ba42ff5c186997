import { afterEach, expect, it } from 'vitest';
import { applyEnvironment } from '../../app/environment.ts';

afterEach(() => {
  delete process.env.HostTestSet;
});

it('puts the environment back as it was when the host has stopped', () => {
  process.env.HostTestSet = 'before';
  const restore = applyEnvironment(
    { HostTestSet: 'during', HostTestNew: 'x' },
    { HostTestSet: 'ignored', HostTestDefault: 'd' },
  );
  expect(process.env).toMatchObject({ HostTestSet: 'during', HostTestNew: 'x', HostTestDefault: 'd' });
  restore();
  expect(process.env.HostTestSet).toBe('before');
  expect(process.env).not.toHaveProperty('HostTestNew');
  expect(process.env).not.toHaveProperty('HostTestDefault');
});
