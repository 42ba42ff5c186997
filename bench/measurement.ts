import type { Figure } from './figures/figure.ts';

/** What one run has in common. */
export interface Bench {
  readonly quick: boolean;
  /** The bundle of the app, as it is deployed, built for this run. */
  readonly appDir: string;
  /** A folder that goes with the run. */
  readonly folder: string;
  /** Folder for CPU profiles of the functions process; absent where none are wanted. */
  readonly profile?: string;
  /** Folder for lists of the functions that are counted; absent where none are wanted. */
  readonly list?: string;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

export interface Measurement {
  /** For `--only`. */
  readonly name: string;
  readonly about: string;
  readonly run: (bench: Bench) => Promise<readonly Figure[]>;
}
