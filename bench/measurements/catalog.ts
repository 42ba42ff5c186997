import type { Measurement } from '../measurement.ts';
import { deliveries } from './deliveries.ts';
import { send } from './send.ts';

/** Every measurement, in the order in which they are made. */
export const measurements: readonly Measurement[] = [send, deliveries];
