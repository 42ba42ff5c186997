import { describeTime } from '../../calendar/describe-time.ts';
import { type Mute, mutesAt } from '../../domain/conversation/preferences.ts';
import type { DeferralReason, DeliveryRow } from '../../domain/delivery/delivery.ts';
import type { Instant } from '../../domain/time.ts';
import { type Words, wordsFor } from '../../locale/words.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PreferenceStore } from '../../ports/conversation/preference-store.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import { quietUntil } from '../../use-cases/holding-back/quiet-hours.ts';
import { findPersonZone } from '../person-zone.ts';
import type { Command } from './command.ts';
import { describeQuietHours } from './quiet/quiet-hours.ts';

/** `status`: what I know about reaching this chat, and what I hold back. */
export function status(deps: {
  readonly subscriptions: SubscriptionStore;
  readonly preferences: PreferenceStore;
  readonly ledger: Pick<Ledger, 'deferredDeliveries'>;
  readonly clock: Clock;
  readonly defaultTimeZone: string;
}): Command {
  const personZone = findPersonZone(deps);
  return {
    name: 'status',
    does: (locale) => wordsFor(locale).commands.status,
    usage: 'status [key]',
    group: 'you',
    example: { en: 'status', de: 'status' },
    said: {
      en: ['my settings', 'settings', 'show settings', 'show status', 'my status'],
      de: ['status', 'einstellungen', 'meine einstellungen', 'zeig einstellungen', 'zeig status'],
    },
    async run({ conversation, locale }, argument) {
      const words = wordsFor(locale);
      if (argument.toLowerCase() === 'key') return { text: words.status.chat(conversation.key) };
      const [all, { preferences }, { zone, isGuessed }, deferred] = await Promise.all([
        deps.subscriptions.subscriptionsOf(conversation.key),
        deps.preferences.findPreferences(conversation.key),
        personZone(conversation),
        deps.ledger.deferredDeliveries(conversation.key),
      ]);
      const now = deps.clock.now();
      const mutes = mutesAt(preferences.mutes, now);
      const { quietHours } = preferences;
      const isQuiet = quietHours !== undefined && quietUntil(quietHours, zone, now) !== undefined;
      const describe = (mute: Mute) => describeMute(mute, { now, zone, locale });
      return {
        text: [
          words.status.reachable,
          '',
          ...[
            words.status.subscriptions(all.length),
            words.status.muted(mutes.length === 0 ? words.status.nothing : mutes.map(describe).join('; ')),
            words.status.quietHours(
              quietHours === undefined ? undefined : describeQuietHours(quietHours),
              isQuiet,
            ),
            words.status.heldBack(describeDeferred(deferred, words)),
            words.status.timeZone(zone, isGuessed),
          ].map((line) => `- ${line}`),
        ].join('\n'),
        suggestions: [
          ...(mutes.length > 0 ? ['unmute'] : []),
          ...(quietHours === undefined ? [] : [words.quiet.off]),
          'subscriptions',
          'help',
        ],
      };
    },
  };
}

function describeMute(
  { topic, until }: Mute,
  read: { readonly now: Instant; readonly zone: string; readonly locale: string },
): string {
  const { status } = wordsFor(read.locale);
  const what = `**${topic ?? status.everything}**`;
  return until === undefined ? what : status.mutedUntil(what, describeTime(until, read));
}

function describeDeferred(rows: readonly DeliveryRow[], { status: { nothing, reasons } }: Words): string {
  if (rows.length === 0) return nothing;
  const counts = new Map<DeferralReason, number>();
  for (const { deferral } of rows) {
    if (deferral !== undefined) counts.set(deferral, (counts.get(deferral) ?? 0) + 1);
  }
  const parts = [...counts].map(([reason, count]) => `**${count}** ${reasons[reason]}`);
  return parts.length === 0 ? `**${rows.length}**` : parts.join(', ');
}
