/** A request as it came: nothing of it is checked or decoded. */
export interface Arrived {
  readonly method: string;
  /** What stands behind `/api/console`: empty, or it begins with `/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By its name in small letters; `undefined` where it was not sent. */
  readonly header: (name: string) => string | undefined;
  readonly body: () => Promise<Uint8Array>;
  /** How browsers reach the app. */
  readonly scheme: 'http' | 'https';
}

/** What is answered. */
export interface Answered {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
}
