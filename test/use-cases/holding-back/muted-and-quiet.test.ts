import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from '../../../shared/domain/time.ts';
import { anEvent, aTopic } from '../../support/builders.ts';
import { aPersonWhoIsTold, statesOf } from './held-person.ts';

// The clock of the world begins on a Monday at 09:00 UTC.

describe('what is muted', () => {
  it('ends as suppressed, all or by its topic and those below, until the mute is over', async () => {
    const { world, tell, texts, passes, prefers } = await aPersonWhoIsTold();
    await prefers({ mutes: [{ until: world.clock.now() + hours(1) }] });
    const muted = await tell('quiet');
    await passes(minutes(1));
    await passes(hours(1));
    const told = await tell('loud');
    await passes(minutes(1));
    expect(texts()).toEqual(['loud']);
    expect(await statesOf(world, [muted, told])).toEqual(['suppressed muted', 'delivered']);
  });

  it.each([
    ['builds', 'suppressed muted'],
    ['builds/web', 'suppressed muted'],
    ['builds/api', 'delivered'],
  ])('by topic %s: a build of web is %s', async (topic, state) => {
    const { world, ana, passes, prefers } = await aPersonWhoIsTold();
    const builds = aTopic('builds');
    const subscription = { conversation: ana.key, tenant: ana.tenant, topic: builds, since: 0 };
    await world.subscriptions.subscribe(subscription);
    await prefers({ mutes: [{ topic: aTopic(topic) }] });
    const data = { pipeline: 'web', number: 7, status: 'failed' };
    const accepted = await world.publish(anEvent({ type: 'build.finished', data }));
    if (accepted.kind !== 'accepted') throw new Error('it is a good event');
    await passes(minutes(1));
    expect(await statesOf(world, [accepted.notification])).toEqual([state]);
  });

  it('and was held back already is not told either', async () => {
    const { world, tell, speaks, finishes, texts, passes, prefers } = await aPersonWhoIsTold();
    await speaks();
    const id = await tell('held');
    await passes(seconds(1));
    await prefers({ mutes: [{}] });
    await finishes();
    await passes(seconds(1));
    expect(texts()).toEqual([]);
    expect(await statesOf(world, [id])).toEqual(['suppressed muted']);
  });
});

describe('in quiet hours', () => {
  const quietHours = { from: 8 * 60, to: 10 * 60 };

  it('what comes is told at their end, by the clock of the person', async () => {
    const { world, tell, texts, passes, prefers } = await aPersonWhoIsTold({ timeZone: 'Europe/Berlin' });
    // 10:00 there; they end at 10:30 there.
    await prefers({ quietHours: { from: 22 * 60, to: 10 * 60 + 30 } });
    const id = await tell('shh');
    await passes(minutes(30) - 2);
    expect(texts()).toEqual([]);
    expect(await statesOf(world, [id])).toEqual(['deferred quiet-hours']);
    await passes(seconds(1));
    expect(texts()).toEqual(['shh']);
  });

  it('the zone that the person named stands above the one that the channel tells', async () => {
    const { tell, texts, passes, prefers } = await aPersonWhoIsTold({ timeZone: 'Europe/Berlin' });
    await prefers({ quietHours, timeZone: 'Asia/Tokyo' });
    await tell('it is evening');
    await passes(seconds(1));
    expect(texts()).toEqual(['it is evening']);
  });

  it('urgent ones pass, as they pass a mute', async () => {
    const { tell, texts, passes, prefers } = await aPersonWhoIsTold();
    await prefers({ quietHours, mutes: [{}] });
    await tell('fire', { urgent: true });
    await passes(seconds(1));
    expect(texts()).toEqual(['fire']);
  });

  it('that are changed let go what they held back', async () => {
    const { world, ana, tell, texts, passes, prefers } = await aPersonWhoIsTold();
    await prefers({ quietHours });
    await tell('now then');
    await passes(minutes(5));
    await prefers({});
    await world.release(ana.key);
    await passes(seconds(1));
    expect(texts()).toEqual(['now then']);
  });

  it('what is held back is left alone by the sweep until its time, also when that was put off', async () => {
    const { world, ana, tell, passes, prefers } = await aPersonWhoIsTold();
    await prefers({ quietHours });
    await tell('shh');
    await passes(minutes(1));
    await prefers({ quietHours: { from: 8 * 60, to: 9 * 60 + 10 } });
    await world.release(ana.key);
    await passes(minutes(1));
    await prefers({ quietHours: { from: 8 * 60, to: 20 * 60 } });
    await passes(minutes(10));
    const swept = [];
    for (let minute = 0; minute < 90; minute += 1) {
      swept.push((await world.sweep()).revived);
      await passes(minutes(1));
    }
    expect(swept.filter((revived) => revived > 0)).toEqual([]);
  });

  it('that are made longer hold back what they held back already, and shorter ones less', async () => {
    const { world, ana, tell, texts, passes, prefers } = await aPersonWhoIsTold();
    await prefers({ quietHours });
    await tell('wait for it');
    await passes(minutes(5));
    await prefers({ quietHours: { from: 8 * 60, to: 11 * 60 } });
    await world.release(ana.key);
    await passes(minutes(60));
    expect(texts()).toEqual([]);
    await prefers({ quietHours: { from: 8 * 60, to: 10 * 60 + 15 } });
    await world.release(ana.key);
    await passes(minutes(10));
    expect(texts()).toEqual(['wait for it']);
  });
});
