import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { notFound } from '../http/errors.ts';

/** The files that make up the chat page, beside this one. */
const FILES: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  'style.css': 'text/css; charset=utf-8',
  'card.css': 'text/css; charset=utf-8',
  'chat.css': 'text/css; charset=utf-8',
  'fault-form.css': 'text/css; charset=utf-8',
  'header.css': 'text/css; charset=utf-8',
  'panel.css': 'text/css; charset=utf-8',
  'address.js': 'text/javascript; charset=utf-8',
  'avatar.js': 'text/javascript; charset=utf-8',
  'card-actions.js': 'text/javascript; charset=utf-8',
  'chat.js': 'text/javascript; charset=utf-8',
  'dom.js': 'text/javascript; charset=utf-8',
  'fault-form.js': 'text/javascript; charset=utf-8',
  'group.js': 'text/javascript; charset=utf-8',
  'header.js': 'text/javascript; charset=utf-8',
  'live.js': 'text/javascript; charset=utf-8',
  'main.js': 'text/javascript; charset=utf-8',
  'panel.js': 'text/javascript; charset=utf-8',
  'theme.js': 'text/javascript; charset=utf-8',
};

/**
 * Nothing comes from anywhere else; pictures are the exception, because a card names its own. Web Chat writes styles
 * into the page (`unsafe-inline`), and reads pasted files by `blob:`.
 */
function contentSecurityPolicy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: https:",
    "media-src 'self' data: blob: https:",
    `connect-src 'self' ws://${host} blob: data:`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/** Serves the chat page and Web Chat itself. */
export class PageAssets {
  readonly #webchatPath: string | undefined;
  #webchat: { plain: Buffer; zipped: Buffer } | undefined;

  /** `webchatPath` is where the prebuilt `webchat.js` lies; without it the page says what is missing. */
  constructor(webchatPath: string | undefined) {
    this.#webchatPath = webchatPath;
  }

  /** Answers `/`, `/page/<file>` and `/webchat.js`. Throws HttpError 404 for another file. */
  serve(res: ServerResponse, segments: readonly string[], host: string): void {
    const [first = '', file = ''] = segments;
    if (first === 'webchat.js') this.#serveWebchat(res);
    else this.#serveFile(res, first === 'page' ? file : 'index.html', host);
  }

  #serveFile(res: ServerResponse, name: string, host: string): void {
    const contentType = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
    if (contentType === undefined) throw notFound(`The page has no file "${name}".`);
    // Read anew each time: who changes the page only has to reload it.
    const content = readFileSync(new URL(name, import.meta.url));
    res.writeHead(200, {
      'Content-Type': contentType,
      'Content-Length': content.length,
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': contentSecurityPolicy(host),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    });
    res.end(content);
  }

  #serveWebchat(res: ServerResponse): void {
    if (this.#webchatPath === undefined) {
      throw notFound('The channel was started without Web Chat; start it with --webchat FILE.');
    }
    if (!this.#webchat) {
      const plain = readFileSync(this.#webchatPath);
      this.#webchat = { plain, zipped: gzipSync(plain, { level: 1 }) };
    }
    res.writeHead(200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Content-Encoding': 'gzip',
      'Content-Length': this.#webchat.zipped.length,
      'Cache-Control': 'max-age=3600',
    });
    res.end(this.#webchat.zipped);
  }
}
