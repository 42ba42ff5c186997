import { describeTime } from '../../catalog/reminder-time.ts';
import type { DeferralReason, DeliveryRow } from '../../domain/delivery.ts';
import { type Mute, mutesAt } from '../../domain/preferences.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { PreferenceStore } from '../../ports/preference-store.ts';
import type { SubscriptionStore } from '../../ports/subscription-store.ts';
import { quietUntil } from '../../use-cases/quiet-hours.ts';
import { findPersonZone } from '../person-zone.ts';
import type { Command } from './command.ts';
import { describeQuietHours } from './quiet/quiet-hours.ts';

/** `status`: what I know about reaching this chat, and what I hold back. */
export function status(deps: {
  readonly subscriptions: SubscriptionStore;
  readonly preferences: PreferenceStore;
  readonly ledger: Pick<Ledger, 'deferred'>;
  readonly clock: Clock;
  readonly defaultTimeZone: string;
}): Command {
  const personZone = findPersonZone(deps);
  return {
    name: 'status',
    usage: 'status',
    summary: 'Shows what I know about this chat, and what I hold back',
    async run({ conversation }) {
      const [all, { preferences }, { zone, isGuessed }, deferred] = await Promise.all([
        deps.subscriptions.of(conversation.key),
        deps.preferences.find(conversation.key),
        personZone(conversation),
        deps.ledger.deferred(conversation.key),
      ]);
      const now = deps.clock.now();
      const mutes = mutesAt(preferences.mutes, now);
      const { quietHours } = preferences;
      const isQuiet = quietHours !== undefined && quietUntil(quietHours, zone, now) !== undefined;
      return {
        text: [
          'I can reach you here.',
          '',
          `- Subscriptions: **${all.length}**`,
          `- Muted: ${mutes.length === 0 ? '**nothing**' : mutes.map((mute) => describeMute(mute, now, zone)).join('; ')}`,
          `- Quiet hours: **${quietHours === undefined ? 'none' : describeQuietHours(quietHours)}**${isQuiet ? ', now' : ''}`,
          `- Held back: ${describeDeferred(deferred)}`,
          `- Time zone: **${zone}${isGuessed ? ' (yours is unknown)' : ''}**`,
          `- This chat, for services that write to it: \`${conversation.key}\``,
        ].join('\n'),
        suggestions: [
          ...(mutes.length > 0 ? ['unmute'] : []),
          ...(quietHours === undefined ? [] : ['quiet hours off']),
          'subscriptions',
          'help',
        ],
      };
    },
  };
}

function describeMute({ topic, until }: Mute, now: number, zone: string): string {
  const what = `**${topic ?? 'everything'}**`;
  return until === undefined ? what : `${what} until ${describeTime(until, { now, zone })}`;
}

const reasons: { readonly [reason in DeferralReason]: string } = {
  waiting: 'until you are through with what we are doing',
  'quiet-hours': 'until your quiet hours end',
  burst: 'because there were so many at once',
};

function describeDeferred(rows: readonly DeliveryRow[]): string {
  if (rows.length === 0) return '**nothing**';
  const counts = new Map<DeferralReason, number>();
  for (const { deferral } of rows) {
    if (deferral !== undefined) counts.set(deferral, (counts.get(deferral) ?? 0) + 1);
  }
  const parts = [...counts].map(([reason, count]) => `**${count}** ${reasons[reason]}`);
  return parts.length === 0 ? `**${rows.length}**` : parts.join(', ');
}
