import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueKeys } from '../../../shared/adapters/table/due/due-row.ts';
import { deliveryKeys } from '../../../shared/adapters/table/ledger/delivery-row.ts';
import {
  addressKeys,
  behind,
  nameOf,
  outcomeKeys,
  recipientOf,
  unknownKeys,
} from '../../../shared/adapters/table/ledger/report-keys.ts';
import { notificationKeys } from '../../../shared/adapters/table/notification/notification-row.ts';
import { particularsKeys } from '../../../shared/adapters/table/notification/table-particulars-store.ts';
import { walkKeys } from '../../../shared/adapters/table/notification/walk-row.ts';
import {
  greetingRow,
  ownSubscriptionRow,
  recordRow,
} from '../../../shared/adapters/table/people/conversation-keys.ts';
import { memberRow, personRow, tenantRow } from '../../../shared/adapters/table/people/directory-keys.ts';
import type { RowKeys } from '../../../shared/adapters/table/row/row.ts';
import { filterOf, startingWith } from '../../../shared/adapters/table/storage/range.ts';
import type { Topic } from '../../../shared/domain/event/topic.ts';
import { conversationKey, notificationId, personKey, tenantKey } from '../../../shared/domain/ids.ts';
import { noteLayout } from '../../support/notes.ts';

const anything = fc.string({ unit: 'binary', maxLength: 900 });
const instants = fc.integer({ min: 0, max: Date.UTC(9999, 0, 1) });

/** All keys that are made of the given texts. */
function keysOf(text: string, other: string, at: number): readonly RowKeys[] {
  const conversation = conversationKey(text, other);
  const notification = notificationId(text, other);
  const tenant = tenantKey({ tenantId: text, channelId: other });
  // Stands for a topic of whatever text: the key must not depend on the parser.
  const topic = text as Topic;
  const group = { kind: 'topic', topic } as const;
  const id = { notification, conversation };
  return [
    recordRow(conversation),
    greetingRow(conversation),
    ownSubscriptionRow(conversation, topic),
    deliveryKeys(id),
    tenantRow(group, tenant),
    memberRow(group, tenant, conversation),
    memberRow({ kind: 'everyone' }, tenant, conversation),
    personRow(personKey(text)),
    addressKeys(id),
    outcomeKeys(id),
    notificationKeys(notification),
    walkKeys({ notification, tenant, group }),
    dueKeys({ at, kind: 'delivery', id }),
    dueKeys({ at, kind: 'page', notification, upTo: conversation }),
    dueKeys({ at, kind: 'walk', walk: { notification, tenant, group } }),
    dueKeys({ at, kind: 'plan', notification }),
    dueKeys({ at, kind: 'work', work: 'summary', field: 'summary', about: { id: text } }),
    { partitionKey: noteLayout.partition(notification, tenant), rowKey: conversation },
    { partitionKey: conversation, rowKey: `${noteLayout.prefix}${notification}` },
    tenantRow({ kind: 'kept', audience: 'readers', field: 'note', key: notification }, tenant),
    particularsKeys(id),
  ];
}

describe('keys', () => {
  it('are ones that a table takes, whatever the ids are', () => {
    fc.assert(
      fc.property(anything, anything, instants, (text, other, at) => {
        for (const { partitionKey, rowKey } of keysOf(text, other, at)) {
          expect(partitionKey).toMatch(/^[A-Za-z0-9:_-]{1,200}$/);
          expect(rowKey).toMatch(/^[A-Za-z0-9:_-]{1,200}$/);
        }
      }),
    );
  });

  it('are never the same for two rows', () => {
    fc.assert(
      fc.property(anything, anything, instants, (text, other, at) => {
        const names = keysOf(text, other, at).map(({ partitionKey, rowKey }) => `${partitionKey}/${rowKey}`);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it('of what is due sort by instant', () => {
    const notification = notificationId('a', 'b');
    const place = (at: number) => {
      const { partitionKey, rowKey } = dueKeys({ at, kind: 'plan', notification });
      return `${partitionKey}/${rowKey.split(':')[0]}`;
    };
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        expect(place(a) < place(b)).toBe(a < b);
      }),
    );
  });

  it('of a report keep the rows of a recipient together, in the order of recipients', () => {
    const labels = fc.stringMatching(/^[A-Za-z0-9_-]{1,50}$/);
    fc.assert(
      fc.property(fc.uniqueArray(labels, { maxLength: 20 }), fc.array(anything), (unknown, known) => {
        const notification = notificationId('a', 'b');
        const rowKeys = [
          ...known.flatMap((text) => {
            const id = { notification, conversation: conversationKey('msteams', text) };
            return [addressKeys(id).rowKey, outcomeKeys(id).rowKey];
          }),
          ...unknown.map((label) => unknownKeys(notification, label).rowKey),
        ].sort();
        const recipients = rowKeys.map((rowKey) => recipientOf(rowKey).recipient);
        const order = recipients.filter((recipient, index) => recipient !== recipients[index - 1]);
        expect(new Set(order).size).toBe(order.length);
        for (const [index, recipient] of order.entries()) {
          const rest = rowKeys.filter((rowKey) => rowKey >= behind(recipient));
          expect(new Set(rest.map((rowKey) => recipientOf(rowKey).recipient))).toEqual(
            new Set(order.slice(index + 1)),
          );
        }
        expect(order.map(nameOf)).toEqual(expect.arrayContaining(unknown));
      }),
    );
  });

  it('of a range are those that begin with the prefix', () => {
    const printable = fc.stringMatching(/^[\x20-\x7e]{0,4}$/);
    fc.assert(
      fc.property(fc.constantFrom('0', 's:', 'w:', 'r~'), printable, (prefix, text) => {
        const { from, below } = startingWith(prefix);
        expect(text >= from && text < below).toBe(text.startsWith(prefix));
        expect(`${prefix}${text}` >= from && `${prefix}${text}` < below).toBe(true);
      }),
    );
  });

  it('in a filter are quoted, so that none ends its own literal', () => {
    expect(filterOf({ partition: "o'b", after: "' or 1 eq 1 or ''", below: 'z' })).toBe(
      "PartitionKey eq 'o''b' and RowKey gt ''' or 1 eq 1 or ''''' and RowKey lt 'z'",
    );
  });
});
