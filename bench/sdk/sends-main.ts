// The product's messenger, bundled with one SDK, in a process of its own: sends when it is asked to.
import { answerQuestions } from '../parts/part.ts';
import type { Variant } from '../parts/slices.ts';
import { cpuOfEach } from '../parts/slices.ts';
import { thinSends } from '../parts/thin-sends.ts';

/** What the process is asked: to send so many, so many at a time. */
export interface Sends {
  readonly serviceUrl: string;
  readonly perSlice: number;
  readonly atOnce: number;
}

let variant: Variant | undefined;

answerQuestions(async (question) => {
  // Only measurements/sdk.ts asks.
  const { serviceUrl, ...plan } = question as Sends;
  variant ??= thinSends(serviceUrl);
  return cpuOfEach(variant.once, plan);
});
