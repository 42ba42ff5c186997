/** Tells the begin and the end of an outage, and nothing in between, however often it fails. */
export interface Outage {
  /** Something failed. `kind` tells different troubles apart: another kind is told again. */
  failed(kind: string, describe: () => string): void;
  /** It works. */
  recovered(): void;
}

export function watchOutage(tell: { down(message: string): void; up(): void }): Outage {
  let current: string | undefined;
  return {
    failed(kind, describe) {
      if (current === kind) return;
      current = kind;
      tell.down(describe());
    },
    recovered() {
      if (current === undefined) return;
      current = undefined;
      tell.up();
    },
  };
}
