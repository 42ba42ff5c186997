import { z } from 'zod';
import { faultsOfCard } from '../../catalog/safety.ts';
import { adaptiveCard, says } from '../../chat/cards/adaptive-card.ts';
import { DeliveryMode } from '../../domain/event/notification.ts';
import { parseTopic } from '../../domain/event/topic.ts';
import type { KindOf } from '../define-kind.ts';
import { rendered } from './card/render.ts';
import { messageSchema } from './message.ts';
import { wordsFor } from './words/words.ts';

/** The audience of a hook that tells the subscribers of a topic, those of its own tenant. */
export const SUBSCRIBERS = 'hook-subscribers';

const living = z.object({
  key: z.string().min(1).max(200),
  onRepeat: z.enum(['update', 'reply', 'new']).exactOptional(),
  last: z.boolean().exactOptional(),
});

export const hookPostedSchema = z.object({
  hook: z.object({ id: z.string(), name: z.string() }),
  /** To whom: an addressee, or the subscribers of a topic. */
  to: z.union([z.object({ conversation: z.string() }), z.object({ topic: z.string() })]),
  message: messageSchema,
  /** What of it changes an earlier message. */
  delivery: living.optional(),
  /** Beyond its rate: so many more came, and are not told one by one. */
  more: z.number().optional(),
  /** The address of the hook can be fetched, by whoever this is told. The app's own alone. */
  isReady: z.literal(true).optional(),
});

export type HookPosted = z.output<typeof hookPostedSchema>;
export const HOOK_POSTED = 'hook.posted';

/** What a tool posted, as people are shown it. */
export const hookPosted: KindOf<typeof hookPostedSchema> = {
  type: HOOK_POSTED,
  title: (locale) => wordsFor(locale).title,
  example: {
    hook: { id: 'abcdefghijklmnop', name: 'grafana' },
    to: { conversation: 'the key of a conversation' },
    message: {
      title: 'HighLatency',
      state: 'firing',
      tone: 'attention',
      facts: [{ name: 'service', value: 'checkout' }],
      links: [{ title: 'Dashboard', url: 'https://grafana.example.com/d/1' }],
    },
    delivery: { key: 'grafana 1', onRepeat: 'update' },
  },

  plan({ hook, to, message, delivery, isReady }) {
    if (isReady === true)
      return { faults: [{ path: 'isReady', message: 'must not be there: only the app itself says so' }] };
    // Whoever may publish may publish this, too: what holds for their cards holds for these.
    const { card } = rendered(message, wordsFor('en'));
    const faults = faultsOfCard(card, 'message');
    if (faults.length > 0) return { faults };
    const recipient = 'topic' in to ? { keptBy: SUBSCRIBERS, key: hook.id } : to;
    const changes = { mode: DeliveryMode.wait, ...delivery };
    return { to: [recipient], delivery: changes };
  },

  render({ message, more, hook, isReady }, { locale }) {
    const words = wordsFor(locale);
    if (isReady === true) {
      const show = says(words.chat.show, `webhook address ${hook.id}`);
      return { text: words.chat.ready(hook.name), card: adaptiveCard([], [show]) };
    }
    return more === undefined ? rendered(message, words) : { text: words.moreCame(hook.name, more) };
  },

  sourceName: ({ hook }) => hook.name,

  topicOf: ({ to }) => ('topic' in to ? parseTopic(to.topic) : undefined),
};
