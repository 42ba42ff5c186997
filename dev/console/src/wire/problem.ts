/** Something that was asked for and refused, in the words of the answer (RFC 9457). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: readonly Fault[];

  constructor({ status, code, title, faults = [] }: ProblemOptions) {
    super(title);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.faults = faults;
  }
}

export interface Fault {
  readonly path?: string | undefined;
  readonly message: string;
  /** The name of the rule that is broken, and what it says, for the page to say in its language. */
  readonly rule?: string | undefined;
  readonly values?: FaultValues | undefined;
}

export type FaultValues = { readonly [name: string]: string | number };

interface ProblemOptions {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly faults?: readonly Fault[];
}

/** What was thrown, as a problem: whatever is none becomes one of the page itself. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const title = error instanceof Error ? error.message : String(error);
  return new Problem({ status: 0, code: 'page-fault', title });
}

export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
