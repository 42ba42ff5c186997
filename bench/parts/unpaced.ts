/** As many as a setting may say: more than a machine makes, so that what is measured waits for nothing. */
export const UNPACED_PER_SECOND = 10_000;

/** The settings of an app that neither paces nor puts together. */
export const unpacedSettings = {
  NOTIFIER_REQUESTS_PER_SECOND: String(UNPACED_PER_SECOND),
  NOTIFIER_BURST: '100000/1s',
  NOTIFIER_THREAD_LIMITS: '100000/1s',
} as const;
