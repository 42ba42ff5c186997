import { defined } from '../../../shared/domain/defined.ts';
import type { NotificationId } from '../../../shared/domain/ids.ts';
import { CommandFailed } from '../command.ts';
import type { ReportReader } from './open-reports.ts';
import { reportSchema } from './report-schema.ts';

const PATIENCE_MS = 15_000;

/**
 * Reads reports from the app itself. `base` is the functions' origin, with or without `/api`. Throws `CommandFailed`
 * when nobody answers, when the key is refused, and for an answer that is no report.
 */
export function httpReports(base: string, key: string | undefined): ReportReader {
  return async (id, page) => {
    const url = notificationUrl(base, id);
    if (page !== undefined) url.searchParams.set('recipients', '1');
    if (page?.continuation !== undefined) url.searchParams.set('continuation', page.continuation);
    const response = await ask(url, key);
    if (response.status === 404 && isJson(response)) {
      await response.body?.cancel();
      return undefined;
    }
    refuseUnlessOk(response, url);
    const parsed = reportSchema.safeParse(await response.json().catch(() => undefined));
    if (!parsed.success) {
      throw new CommandFailed(
        `what ${url.origin} answered is no report; is it the notifier, in this version?`,
      );
    }
    return parsed.data;
  };
}

/** Where the app answers for one notification. `base` is the functions' origin, with or without `/api`. */
export function notificationUrl(base: string, id: NotificationId): URL {
  return new URL(`${base.replace(/\/+$/, '').replace(/\/api$/, '')}/api/notifications/${id}`);
}

/** Throws `CommandFailed` for an answer that is none to what was asked. */
export function refuseUnlessOk({ ok, status }: Response, { origin }: URL): void {
  if (status === 401 || status === 403) {
    throw new CommandFailed(
      `${origin} asks for a function key (${status}); give it with --function-key or NOTIFIER_FUNCTION_KEY`,
    );
  }
  if (!ok) {
    throw new CommandFailed(
      `${origin} answered ${status}; is it the notifier, and is it well? See ${origin}/api/health`,
    );
  }
}

/** One request; throws `CommandFailed` when nobody answers. */
export async function ask(
  url: URL,
  key: string | undefined,
  method: 'GET' | 'DELETE' = 'GET',
): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: { accept: 'application/json', ...defined({ 'x-functions-key': key }) },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (cause) {
    // The person is told; asking again is up to them.
    const reason = cause instanceof Error && cause.name === 'TimeoutError' ? 'in time' : 'at all';
    throw new CommandFailed(
      `the functions at ${url.host} do not answer ${reason}; is "npm start" running? Or name them with --url`,
      { cause },
    );
  }
}

/** The app's own 404 is JSON; that of a wrong address is not. */
function isJson(response: Response): boolean {
  return response.headers.get('content-type')?.includes('json') ?? false;
}
