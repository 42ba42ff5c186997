import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { Crash } from '../../support/world.ts';
import { aPersonWhoIsTold } from './held-person.ts';

describe('a process that dies', () => {
  const scenarios = [
    { name: 'under "resend"', delivery: {}, most: 2 },
    { name: 'under "park"', delivery: { onUnconfirmed: 'park' }, most: 1 },
  ] as const;

  it.each(scenarios)(
    'at any step of holding back and letting go loses none, and tells none twice, $name',
    async (scenario) => {
      const { delivery, most } = scenario;
      for (const when of ['before', 'after'] as const) {
        for (let step = 0; ; step += 1) {
          const told = await aPersonWhoIsTold();
          await told.speaks();
          const ids = [await told.tell('one', delivery), await told.tell('two', delivery)];
          const before = told.world.watch.calls.length;
          told.world.watch.failCall(before + step, { error: new Crash(), when });
          await told.passes(seconds(10));
          // The channel sends the activity again whose turn died.
          await told.finishes().catch(() => told.finishes());
          await told.passes(minutes(2));
          // The lease of a claim whose worker died has run out by then, and the sweep has looked.
          for (let minute = 0; minute < 14; minute += 1) {
            await told.world.sweep().catch(() => undefined);
            await told.passes(minutes(1));
          }
          const died = told.world.watch.calls[before + step];
          const at = `${when} step ${step} ${JSON.stringify(died)}`;
          const shown = told.texts();
          for (const [place, text] of ['one', 'two'].entries()) {
            const id = ids[place];
            if (id === undefined) throw new Error('two were told');
            const [recipient] = (await told.world.report(id, {}))?.recipients ?? [];
            const times = shown.filter((card) => card.includes(text)).length;
            expect(times, at).toBeLessThanOrEqual(most);
            if (times > 1) expect(recipient?.repeats, at).toBe(1);
            if (recipient?.state === 'delivered') expect(times, at).toBeGreaterThan(0);
            else expect(recipient?.state, at).toBe('unconfirmed');
          }
          if (died === undefined) break;
        }
      }
    },
  );
});
