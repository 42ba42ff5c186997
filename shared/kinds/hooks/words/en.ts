export const en = {
  title: 'Posted by a tool',
  states: {
    firing: 'Firing',
    resolved: 'Resolved',
    queued: 'Queued',
    started: 'Started',
    succeeded: 'Succeeded',
    failed: 'Failed',
    opened: 'Open',
    closed: 'Closed',
  },
  /** Below a card. */
  leftOut: (number: number) =>
    number === 1
      ? 'One button is left out: it would call a server.'
      : `${number} buttons are left out: they would call a server.`,
  more: (number: number) => `and ${number} more`,
  cut: 'Shortened; **Show all** has the rest.',
  open: 'Open',
};
