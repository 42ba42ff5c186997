import type { Answered, Arrived } from './arrived.ts';
import { SAFE } from './headers.ts';
import { NOT_FOUND } from './refusals.ts';

/** A file of the page. */
export interface PageFile {
  /** With its quotes. */
  readonly etag: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** By the name of the coding, `br` or `gzip`. */
  readonly coded: { readonly [coding: string]: Uint8Array };
}

/** The page as it was built, by the names of its files; empty where it was not built. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const PAGE = 'index.html';
const CODINGS = ['br', 'gzip'] as const;

/** What is served at the address of the console itself. */
export function page(files: PageFiles, arrived: Arrived): Answered {
  const file = files.get(PAGE);
  return file === undefined ? NOT_BUILT : serve(file, arrived);
}

/** What the page is made of. Only the names of files that are there lead anywhere. */
export function asset(files: PageFiles, name: string, arrived: Arrived): Answered {
  const file = name === PAGE ? undefined : files.get(name);
  return file === undefined ? NOT_FOUND : serve(file, arrived);
}

function serve({ etag, type, bytes, coded }: PageFile, { header }: Arrived): Answered {
  const headers = {
    ...SAFE,
    'content-type': type,
    'cache-control': 'no-cache',
    vary: 'Accept-Encoding',
    etag,
  };
  const known = (header('if-none-match') ?? '').split(',').map((tag) => tag.trim());
  if (known.includes(etag) || known.includes('*')) return { status: 304, headers };
  const taken = codingsOf(header('accept-encoding'));
  const coding = CODINGS.find((one) => taken.has(one) && Object.hasOwn(coded, one));
  const content = coding === undefined ? undefined : coded[coding];
  if (coding === undefined || content === undefined) return { status: 200, headers, body: bytes };
  return { status: 200, headers: { ...headers, 'content-encoding': coding }, body: content };
}

function codingsOf(accepted: string | undefined): ReadonlySet<string> {
  return new Set(
    (accepted ?? '')
      .split(',')
      .map((one) => one.trim().toLowerCase())
      .filter((one) => !/;\s*q=0(\.0*)?$/.test(one))
      .map((one) => one.split(';')[0]?.trim() ?? ''),
  );
}

const NOT_BUILT: Answered = {
  status: 503,
  headers: { ...SAFE, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body: '<!doctype html><html lang="en"><title>No console yet</title><p>The page of the console was not built with this app. Build it with <code>npm run build</code>, and start the app again. What it shows is there all the same: <a href="/api/console/me">/api/console/me</a>.</p></html>',
};
