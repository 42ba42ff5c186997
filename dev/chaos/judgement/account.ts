import type { Evidence } from './evidence.ts';

/** Deliveries of some notifications, counted. */
export interface Account {
  readonly deliveries: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Messages that somebody saw again, because the result of the first send was unknown and the policy was `resend`. */
  readonly repeated: number;
}

export function account({ asked, reports, shown }: Evidence): Account {
  const outcomes: Record<string, number> = {};
  let deliveries = 0;
  let repeated = 0;
  for (const { id, text, must, may } of asked) {
    for (const { state } of reports.get(id)?.recipients ?? []) {
      deliveries += 1;
      outcomes[state] = (outcomes[state] ?? 0) + 1;
    }
    for (const { conversation } of [...must, ...may]) {
      repeated += Math.max(0, (shown.get(conversation)?.get(text) ?? 0) - 1);
    }
  }
  return { deliveries, outcomes, repeated };
}
