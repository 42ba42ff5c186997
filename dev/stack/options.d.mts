import type { Ports } from './ports.mjs';

export interface StartOptions {
  readonly ports: Ports;
  /** Whether the channel and its chat page are started. */
  readonly chat: boolean;
  /** Whether Azure Functions Core Tools take the place of the functions host. */
  readonly func: boolean;
  /** Folder for what outlives a run; relative to the working directory. */
  readonly data: string;
  readonly inspect: boolean;
  readonly verbose: boolean;
  /** Whether what is printed is for machines. */
  readonly json: boolean;
  readonly help: boolean;
}

export declare const HELP: string;
export declare class UsageError extends Error {}
export declare function parseStartOptions(argv: readonly string[]): StartOptions;
export declare function leftOut(options: Pick<StartOptions, 'chat' | 'func'>): readonly string[];
export declare function optionOf(part: keyof Ports): string;
