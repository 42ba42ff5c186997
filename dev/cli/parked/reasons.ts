import { didYouMean } from '../../../shared/domain/nearest-name.ts';
import { ParkingReason } from '../../../shared/ports/event/parking.ts';
import { UsageError } from '../arguments/usage-error.ts';

const reasons: readonly ParkingReason[] = Object.values(ParkingReason);

export const reasonFlag = {
  reason: { type: 'string', value: 'CODE', about: `only this reason: ${reasons.join(', ')}` },
} as const;

/** Throws `UsageError` for a code that does not exist. */
export function readReason(text: string | undefined): ParkingReason | undefined {
  if (text === undefined) return undefined;
  const reason = reasons.find((known) => known === text);
  if (reason !== undefined) return reason;
  throw new UsageError(
    `--reason is "${text}" and must be one of ${reasons.join(', ')}${didYouMean(text, reasons)}`,
  );
}
