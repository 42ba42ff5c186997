import { z } from 'zod';
import { delivery } from '../../../../shared/catalog/schema.ts';
import { defineKind } from '../../../../shared/kinds/define-kind.ts';
import { holders, mergedRecords, personalRecords, recordsOf } from '../../../../shared/kinds/records-of.ts';

/** What `data` of an event holds. */
const schema = z.object({
  name: z.string().min(1).max(100),
  text: z.string().min(1).max(1000),
  delivery: delivery.optional(),
});

/** What is kept for a conversation that follows one of them. */
const following = z.object({ since: z.number() });

/** Something happened: told to whoever follows it by `follow sample kind <name>`. */
export const sampleKind = defineKind(schema, {
  type: 'sample.kind',
  title: () => 'Sample kind',
  example: { name: 'first', text: 'Something happened.' },

  // Whom an event reaches: here those who keep a record with its key.
  plan: ({ name, delivery: given }) => ({
    to: [{ keptBy: 'sample-kind', key: keyOf(name) }],
    delivery: given ?? {},
  }),

  // What they are shown: text, an Adaptive Card, or both.
  render: ({ name, text }) => ({
    summary: `${name}: ${text}`,
    card: {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [
        { type: 'TextBlock', text: name, weight: 'Bolder', size: 'Medium', wrap: true },
        { type: 'TextBlock', text, wrap: true },
      ],
      actions: [{ type: 'Action.Submit', title: 'Stop', data: { notifier: `unfollow sample kind ${name}` } }],
    },
  }),
  // The card says by itself how to end it.
  saysWhy: true,

  open(world) {
    const records = recordsOf(world, 'sample-kind', following);
    return {
      audiences: { 'sample-kind': holders(world, records) },

      // Asked of what was held back: whoever stopped meanwhile is not told.
      stillWanted: {
        types: ['sample.kind'],
        asked: 'held-back',
        async ask({ data }, conversation) {
          const record = await records.find(conversation, keyOf(String(data.name)));
          return record === undefined ? 'unsubscribed' : undefined;
        },
      },

      personalData: personalRecords(records, 'sampleKind'),
      merge: mergedRecords(records),

      async commands() {
        return [
          {
            name: 'follow sample kind',
            usage: 'follow sample kind <name>',
            does: () => 'Tells this chat what happens to it',
            async run({ conversation, at }, argument) {
              const { key, tenant } = conversation;
              if (argument === '') return { text: 'Which one? Say its name.' };
              const record = { conversation: key, tenant, key: keyOf(argument), value: { since: at } };
              const isNew = await records.put(record);
              return { text: isNew ? 'Done. I tell you here what happens to it.' : 'You follow it already.' };
            },
          },
          {
            name: 'unfollow sample kind',
            usage: 'unfollow sample kind <name>',
            does: () => 'Ends that',
            async run({ conversation }, argument) {
              const was = await records.remove(conversation.key, keyOf(argument));
              return { text: was ? 'Done. I no longer tell you of it.' : 'You do not follow that.' };
            },
          },
        ];
      },
    };
  },
});

/** A name as a key: of what a key may hold, and the same however it is written. */
function keyOf(name: string): string {
  return Buffer.from(name.trim().toLowerCase().normalize('NFC')).toString('base64url').slice(0, 100);
}
