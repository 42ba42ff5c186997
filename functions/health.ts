import type { HttpHandler, HttpResponseInit, InvocationContext } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import type { CheckHealth } from '../shared/use-cases/upkeep/check-health.ts';
import { version } from './version.ts';

/** `GET /api/health`: 200 when tables and queue answer, 503 naming the part that does not; and which version runs. */
export function health(deps: { readonly check: CheckHealth }): HttpHandler {
  return (_request, context: InvocationContext) =>
    logTo(context, async (): Promise<HttpResponseInit> => {
      const found = await deps.check();
      return {
        status: found.status === 'ok' ? 200 : 503,
        jsonBody: { ...found, version },
        headers: { 'cache-control': 'no-store' },
      };
    });
}
