import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import { toIso } from '../shared/domain/time.ts';
import type { Clock } from '../shared/ports/clock.ts';
import type { ExportLinks } from '../shared/use-cases/privacy/export-links.ts';
import { problem } from './problem.ts';

const NEVER_KEPT = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The same for a key that never was and for one that is over. */
const UNKNOWN = problem(404, {
  code: 'unknown-export',
  title: 'This link does not open anything any more; say "export my data" for a new one',
  faults: [],
});

/** `GET /api/export/{key}`: what is stored about whoever was given the key. Reading it changes nothing. */
export function exportData(deps: {
  readonly links: Pick<ExportLinks, 'open'>;
  readonly clock: Clock;
}): HttpHandler {
  return (request: HttpRequest, context: InvocationContext) =>
    logTo(context, async (): Promise<HttpResponseInit> => {
      const document = await deps.links.open(request.params.key ?? '');
      if (document === undefined) return { ...UNKNOWN, headers: { ...UNKNOWN.headers, ...NEVER_KEPT } };
      const name = `notifier-${toIso(deps.clock.now()).slice(0, 10)}.json`;
      return {
        status: 200,
        headers: {
          ...NEVER_KEPT,
          'content-type': 'application/json',
          'content-disposition': `attachment; filename="${name}"`,
        },
        body: JSON.stringify(document, null, 2),
      };
    });
}
