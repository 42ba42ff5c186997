export const parked = {
  lead: 'What could not be used or finished. Nothing of it is lost: mend it and replay it, or drop it.',
  anyReason: 'Every reason',
  empty: 'Nothing is parked.',
  emptyText: 'What cannot be used or delivered is put here with its faults.',
  faults: 'What is wrong',
  noFaults: 'No faults were noted.',
  original: 'The original',
  properties: 'Properties',
  replay: 'Replay',
  drop: 'Drop',
  select: (what: string) => `Select ${what}`,
  selected: (count: string) => `${count} selected`,
  replaySelected: 'Replay selected',
  dropSelected: 'Drop selected',
  replayAll: (reason: string) => `Replay all: ${reason}`,
  dropAll: (reason: string) => `Drop all: ${reason}`,
  replayTitle: (what: string) => `Replay ${what}?`,
  replayText:
    'Each goes through everything anew. Whoever was told already is not told twice; what still cannot be used is parked again.',
  dropTitle: (what: string) => `Drop ${what} for good?`,
  dropText: 'They are removed and reach nobody. This cannot be undone.',
  replayNow: 'Yes, replay',
  dropNow: 'Yes, drop',
  allOf: (reason: string) => `all parked for: ${reason}`,
  count: (count: string) => (count === '1' ? '1 parked item' : `${count} parked items`),
  kindName: { event: 'Event', delivery: 'Delivery', message: 'Queue message' },
  done: (count: string) => `${count} done.`,
  progress: (count: string) => `${count} done so far …`,
  partly: (done: string, failed: string, why: string) => `${done} done, ${failed} parked again: ${why}`,
  again: {
    unknown: (count: string) =>
      count === '1' ? '1 recipient is still unknown' : `${count} recipients are still unknown`,
    underWay: 'it is being worked on at this moment',
  },
  choose: 'Choose an entry to see its faults beside the original.',
};

export const hooks = {
  lead: 'Addresses that tools post to. Their secrets are shown to nobody, not here either.',
  empty: 'There are no hooks.',
  emptyText: 'People make them in their chat: create webhook <name>.',
  topic: 'Topic',
  place: 'Reaches',
  by: 'Made by',
  used: 'Last used',
  neverUsed: 'never',
  revoke: 'Revoke',
  revokeTitle: (name: string) => `Revoke the hook "${name}"?`,
  revokeText:
    'Its address stops working at once, and whatever posts to it gets a 404. This cannot be undone.',
  revokeNow: 'Yes, revoke it',
  revoked: 'The hook is revoked.',
  name: 'Name',
};

export const topics = {
  lead: 'What people subscribed to.',
  empty: 'Nobody subscribed to anything yet.',
  emptyText: 'People subscribe in their chat: subscribe builds.',
  subscribers: 'Subscribers',
  write: 'Write to them',
  search: 'Topic',
  kind: 'Kind',
};

/** What each setting is for, by its name; one that has no words here is said as the server does. */
const asTheServerSays: { readonly [name: string]: string } = {};

export const settings = {
  lead: 'How this app is set up. Read only: settings are changed where the app is deployed.',
  value: 'Value',
  set: 'set, not shown',
  from: { default: 'Default', given: 'Given' },
  search: 'Setting or meaning',
  empty: 'No setting fits.',
  meaning: asTheServerSays,
};

const outcomes: { readonly [code: string]: string } = {
  done: 'Done',
  'nothing-done': 'Nothing to do',
  begun: 'Begun, end unknown',
  failed: 'Failed',
  'invalid-request': 'Invalid request',
  'invalid-envelope': 'No valid event',
  'invalid-data': 'Invalid data',
  'unknown-type': 'Unknown kind',
  'too-large': 'Too large',
  'not-allowed': 'Not allowed',
  'not-found': 'Not found',
  changed: 'Changed meanwhile',
  full: 'No room left',
  'if-match-missing': 'No version given',
  'idempotency-key-missing': 'No key given',
  'idempotency-key-reused': 'Key used before',
};

export const audit = {
  lead: 'Who changed what in this console.',
  empty: 'Nothing was changed yet.',
  emptyText: 'Every write from this console leaves a line here.',
  tried: (action: string) => `${action} (only tried)`,
  who: 'Who',
  what: 'What',
  action: 'Action',
  from: 'From',
  outcome: 'Outcome',
  when: 'When',
  /** By the code of the row. */
  outcomeName: outcomes,
};

/** What is done by each action of the audit. */
export const action: { readonly [action: string]: string } = {
  'notification.send': 'Sent a message',
  'notification.test': 'Tried a message',
  'notification.cancel': 'Stopped a message',
  'parked.replay': 'Replayed parked',
  'parked.drop': 'Dropped parked',
  'person.erase': 'Erased a person',
  'hook.revoke': 'Revoked a hook',
  'draft.add': 'Began a draft',
  'draft.change': 'Changed a draft',
  'draft.delete': 'Deleted a draft',
  'audience.store': 'Stored a list',
  'audience.delete': 'Deleted a list',
};
