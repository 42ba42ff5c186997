import { z } from 'zod';
import { faultsOfCard, faultsOfText } from '../../catalog/safety.ts';
import { delivery, exceptions, recipients } from '../../catalog/schema.ts';
import type { Content, JsonObject } from '../../domain/event/notification.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import { wordsFor } from '../../locale/words.ts';
import { defineKind } from '../define-kind.ts';
import type { Kind } from '../kind.ts';

const card = z.record(z.string(), z.unknown()).refine((value) => value.type === 'AdaptiveCard', {
  error: 'must be an Adaptive Card: its "type" is "AdaptiveCard"',
  params: { rule: 'no-card' },
});

const schema = z
  .object({
    to: recipients,
    except: exceptions.optional(),
    text: z
      .string()
      .min(1, 'must not be empty')
      .refine((text) => text === '' || /[^\s\p{Cc}\p{Cf}]/u.test(text), {
        error: 'must say something: it has nothing but spaces and signs that are not seen',
        params: { rule: 'nothing-seen' },
      })
      .optional(),
    card: card.optional(),
    delivery: delivery.optional(),
  })
  .refine(({ text, card }) => text !== undefined || card !== undefined, {
    error: 'must hold "text" (Markdown) or "card" (an Adaptive Card), or both',
    params: { rule: 'no-content' },
  });

/** The general kind: the upstream service says whom, what and how. */
const requested = defineKind(schema, {
  type: 'notification.requested',
  title: (locale) => wordsFor(locale).cards.kinds.notification,
  example: { to: { everyone: true }, text: 'The canteen closes at **14:00** today.' },

  plan({ to, except, text, card, delivery }) {
    const faults = [...faultsOfText(text ?? '', 'text'), ...faultsOfCard(card, 'card')];
    return faults.length > 0 ? { faults } : { to, except, delivery: delivery ?? {} };
  },

  render: shown,

  topicOf({ to }) {
    return to.flatMap((recipient) => ('topic' in recipient ? [recipient.topic] : []))[0];
  },
});

/** Whatever is stored can be shown: also what was forgotten, which has the form of this kind and nothing in it. */
export const notificationRequested: Kind = {
  ...requested,
  ...(requested.notification && { notification: { ...requested.notification, render: shown } }),
};

function shown({ text, card }: JsonObject): Content {
  return {
    ...(typeof text === 'string' ? { text } : {}),
    ...(isJsonObject(card) ? { card } : {}),
  };
}
