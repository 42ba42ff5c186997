import type { JsonObject } from '../../domain/event/notification.ts';
import { type Booking, showReturn } from './booking.ts';
import { nightsBetween, showDate } from './travel-date.ts';
import type { Words } from './words/words.ts';

/** What was booked, as a card to keep. */
export function bookingCard(booking: Booking, reference: string, words: Words['booking']): JsonObject {
  const { card } = words;
  const { destination = '', departure, returning, travellers = 1 } = booking;
  const nights =
    departure === undefined || returning === undefined || returning === 'one-way'
      ? undefined
      : nightsBetween(departure, returning);
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [
      {
        type: 'ColumnSet',
        columns: [
          {
            type: 'Column',
            width: 'stretch',
            items: [
              { type: 'TextBlock', text: card.title, color: 'Good', weight: 'Bolder', size: 'Small' },
              {
                type: 'TextBlock',
                text: destination,
                weight: 'Bolder',
                size: 'ExtraLarge',
                spacing: 'None',
                wrap: true,
              },
            ],
          },
          {
            type: 'Column',
            width: 'auto',
            verticalContentAlignment: 'Center',
            items: [{ type: 'TextBlock', text: '\u2708\uFE0F', size: 'ExtraLarge' }],
          },
        ],
      },
      {
        type: 'FactSet',
        separator: true,
        facts: [
          ...(departure === undefined ? [] : [{ title: card.departure, value: showDate(departure, words) }]),
          ...(returning === undefined ? [] : [{ title: card.return, value: showReturn(returning, words) }]),
          ...(nights === undefined ? [] : [{ title: card.stay, value: words.nights(nights) }]),
          { title: card.travellers, value: String(travellers) },
          { title: card.reference, value: reference },
        ],
      },
    ],
  };
}
