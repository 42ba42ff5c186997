import type { IncomingMessage } from 'node:http';

export interface GateOptions {
  /** What pages that this machine serves on other ports may use too, by the path of the request. Default: nothing. */
  readonly isForAllPagesHere?: (path: string) => boolean;
}

/** Why a request is not let in; `undefined` for one that is. */
export function refusalOf(
  request: Pick<IncomingMessage, 'headers' | 'method' | 'url' | 'socket'>,
  options?: GateOptions,
): string | undefined;

/**
 * Lets nothing from a foreign web page into a server, neither requests nor WebSockets: they are answered with 403 and the
 * reason, and the server does not hear of them. Gives the server back.
 */
export function gate<S extends object>(server: S, options?: GateOptions): S;
