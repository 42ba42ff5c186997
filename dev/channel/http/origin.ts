import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The origin that may read the answer: a page of this very server, or one that this machine serves itself.
 *
 * `undefined` when no browser page is asking, `false` for a page of any other site: whatever someone has open in
 * another tab must not be able to write to the bot in their name.
 */
export function allowedOrigin(req: IncomingMessage): string | false | undefined {
  const origin = req.headers.origin;
  if (origin === undefined) return undefined;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return LOOPBACK.has(url.hostname) || url.host === req.headers.host ? origin : false;
}

/** The headers that let a page of `origin` use the Direct Line API from the browser. */
export function corsHeaders(origin: string): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
    'Access-Control-Max-Age': '600',
    Vary: 'Origin',
  };
}
