import { z } from 'zod';
import type { CatalogEntry } from '../../catalog/entry.ts';
import { faultsOfCard, faultsOfText } from '../../catalog/safety.ts';
import { check, delivery, recipients } from '../../catalog/schema.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import { parseTopic } from '../../domain/event/topic.ts';

const card = z.record(z.string(), z.unknown()).refine((value) => value.type === 'AdaptiveCard', {
  error: 'must be an Adaptive Card: its "type" is "AdaptiveCard"',
});

const schema = z
  .object({
    to: recipients,
    text: z
      .string()
      .min(1, 'must not be empty')
      .refine((text) => text === '' || /[^\s\p{Cc}\p{Cf}]/u.test(text), {
        error: 'must say something: it has nothing but spaces and signs that are not seen',
      })
      .optional(),
    card: card.optional(),
    delivery: delivery.optional(),
  })
  .refine(({ text, card }) => text !== undefined || card !== undefined, {
    error: 'must hold "text" (Markdown) or "card" (an Adaptive Card), or both',
  });

/** The general kind: the upstream service says whom, what and how. */
export const notificationRequested: CatalogEntry = {
  type: 'notification.requested',
  schema,
  title: ({ cards }) => cards.kinds.notification,
  example: { to: { everyone: true }, text: 'The canteen closes at **14:00** today.' },

  plan(data) {
    const checked = check(schema, data);
    if (!checked.ok) return checked;
    const { to, text, card, delivery } = checked.value;
    const faults = [...faultsOfText(text ?? '', 'data.text'), ...faultsOfCard(card, 'data.card')];
    if (faults.length > 0) return { ok: false, faults };
    return { ok: true, value: { to, delivery: delivery ?? {} } };
  },

  render(data) {
    const { text, card } = data;
    return {
      ...(typeof text === 'string' ? { text } : {}),
      // `plan` has seen that it is an object.
      ...(card !== null && typeof card === 'object' ? { card: card as JsonObject } : {}),
    };
  },

  topicOf(data) {
    const list = Array.isArray(data.to) ? data.to : [data.to];
    for (const entry of list) {
      if (entry !== null && typeof entry === 'object' && typeof entry.topic === 'string') {
        const topic = parseTopic(entry.topic);
        if (topic.ok) return topic.value;
      }
    }
    return undefined;
  },
};
