import { expect, it } from 'vitest';
import { priceAlert, priceReport } from '../../../shared/kinds/hotels/kind.ts';
import type { Kind } from '../../../shared/kinds/kind.ts';
import { textsOf } from '../../support/card-texts.ts';

const german = { locale: 'de-DE', timeZone: 'Europe/Berlin', now: Date.UTC(2026, 10, 23, 9) };

function rendered({ notification: entry }: Kind): string {
  if (entry === undefined) throw new Error('this kind tells something');
  const particulars = entry.particularsExample === undefined ? {} : { particulars: entry.particularsExample };
  return textsOf(entry.render(entry.example, { ...german, ...particulars }))
    .join('\n')
    .replaceAll('\u00a0', ' ');
}

it('cards write amounts, percentages and days as in German', () => {
  const alert = rendered(priceAlert);
  expect(alert).toContain('Vegas Grand, Las Vegas: 149 $, vorher 199 $ (25 % weniger)');
  expect(alert).toContain('Du wolltest Bescheid wissen ab 20 % Preisnachlass.');
  expect(rendered(priceReport)).toContain('Der Preis ist seit dem 10. Nov. um 25 % gefallen und liegt');
  expect(priceAlert.notification?.title('de')).toBe('Preisalarm');
});
