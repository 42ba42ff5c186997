/** A part that the app cannot do without. */
export interface Probe {
  readonly part: string;
  /** Resolves when the part answers, rejects when it does not. */
  ping(): Promise<void>;
}

export interface Health {
  readonly status: 'ok' | 'failing';
  /** `{"tables":"ok","queue":"failing"}` */
  readonly parts: { readonly [part: string]: 'ok' | 'failing' };
}

export type CheckHealth = () => Promise<Health>;

/** Asks every part at once. Never throws, and names no address. */
export function checkHealth(probes: readonly Probe[]): CheckHealth {
  return async () => {
    const answers = await Promise.allSettled(probes.map((probe) => probe.ping()));
    const parts = Object.fromEntries(
      probes.map(({ part }, index) => [
        part,
        answers[index]?.status === 'fulfilled' ? ('ok' as const) : ('failing' as const),
      ]),
    );
    return { status: Object.values(parts).every((state) => state === 'ok') ? 'ok' : 'failing', parts };
  };
}
