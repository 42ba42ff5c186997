import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import { defined } from '../shared/domain/defined.ts';

/** What is asked of the kind that keeps web hooks. */
export interface HooksDeps {
  take(post: {
    readonly method: string;
    readonly address: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly answer?: string;
    body(): Promise<Uint8Array>;
  }): Promise<{
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly json?: object;
  }>;
}

/**
 * `POST /api/hooks/{id}.{secret}[/...]`: what tools post. Any trailing path is taken: some senders look for a word in it.
 * The address is a secret: it is logged nowhere, and no answer repeats it.
 */
export function hooks(deps: HooksDeps): HttpHandler {
  return (request: HttpRequest, context: InvocationContext) =>
    logTo(context, async (): Promise<HttpResponseInit> => {
      const [address = ''] = (request.params.address ?? '').split('/');
      const answer = await deps.take({
        method: request.method,
        address,
        headers: Object.fromEntries([...request.headers].map(([name, value]) => [name.toLowerCase(), value])),
        ...defined({ answer: request.query.get('answer') ?? undefined }),
        body: async () => new Uint8Array(await request.arrayBuffer()),
      });
      const { status, headers = {}, body, json } = answer;
      const type = body === undefined ? {} : { 'content-type': 'text/plain; charset=utf-8' };
      return {
        status,
        headers: { 'cache-control': 'no-store', ...type, ...headers },
        ...defined({ body, jsonBody: json }),
      };
    });
}
