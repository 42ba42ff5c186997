/** Every reason that a recipient can have, in the order in which they are offered. */
export const REASONS = [
  'muted',
  'unsubscribed',
  'blocked',
  'uninstalled',
  'disabled-by-admin',
  'forgotten',
  'waiting',
  'quiet-hours',
  'burst',
  'scheduled',
  'too-large',
  'gone',
  'refused',
  'untrusted-service-url',
  'not-registered',
];
