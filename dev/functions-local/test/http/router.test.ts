import { app, type HttpFunctionOptions } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { createFunctionsCore } from '../../core/functions-core.ts';
import { createRouter } from '../../http/router.ts';

async function router(functions: Record<string, Omit<HttpFunctionOptions, 'handler'>>, prefix = 'api') {
  const core = createFunctionsCore();
  await core.load(() => {
    for (const [name, options] of Object.entries(functions))
      app.http(name, { ...options, handler: () => ({}) });
  });
  return createRouter(core.functions.values(), prefix);
}

describe('the router', () => {
  it('maps a function without a route to its name, behind the prefix', async () => {
    const { routes, find } = await router({ health: {}, users: { route: '/people/{id}' } });
    expect(routes.map((route) => route.template)).toEqual(['api/health', 'api/people/{id}']);
    expect(find('GET', '/api/people/7')?.registered.name).toBe('users');
    expect(find('GET', '/people/7')).toBeUndefined();
  });

  it('works without a prefix', async () => {
    const { find } = await router({ health: {} }, '');
    expect(find('GET', '/health')?.registered.name).toBe('health');
  });

  it('lets functions share a path with different methods', async () => {
    const { find } = await router({
      read: { route: 'x', methods: ['GET'] },
      write: { route: 'x', methods: ['POST', 'PUT'] },
    });
    expect(find('GET', '/api/x')?.registered.name).toBe('read');
    expect(find('PUT', '/api/x')?.registered.name).toBe('write');
    expect(find('DELETE', '/api/x')).toBeUndefined();
  });

  it('takes the first that matches, in the order of registration', async () => {
    const { find } = await router({ any: { route: '{name}' }, own: { route: 'own' } });
    expect(find('GET', '/api/own')?.registered.name).toBe('any');
  });

  it('names the function whose route cannot be read', async () => {
    await expect(router({ health: {}, broken: { route: 'x/{y' } })).rejects.toThrow(
      'Function "broken": The route "api/x/{y" has a brace without its partner.',
    );
  });
});
