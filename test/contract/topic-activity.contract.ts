import { beforeEach, describe, expect, it } from 'vitest';
import { days } from '../../shared/domain/time.ts';
import { aTopic } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describeTopicActivityContract(name: string, makeStores: MakeStores): void {
  describe(`TopicActivity ${name}`, () => {
    let stores: FreshStores;

    beforeEach(async () => {
      stores = await makeStores();
    });

    it('counts what went out in the last seven days, by topic', async () => {
      const { topicActivity, clock } = stores;
      const now = clock.now();
      expect(await topicActivity.topicsLately(now)).toEqual([]);
      await topicActivity.noteTopic(aTopic('weather'), now);
      await topicActivity.noteTopic(aTopic('builds/web'), now);
      await topicActivity.noteTopic(aTopic('builds/web'), now);
      await topicActivity.noteTopic(aTopic('builds/web'), now - days(6));
      await topicActivity.noteTopic(aTopic('builds/web'), now - days(7));
      await topicActivity.noteTopic(aTopic('old'), now - days(20));
      expect(await (await stores.inAnotherProcess()).topicActivity.topicsLately(now)).toEqual([
        { topic: 'builds/web', count: 3 },
        { topic: 'weather', count: 1 },
      ]);
      expect(await topicActivity.topicsLately(now + days(7))).toEqual([]);
    });

    it('takes back one of a day, and none of another one or where none was', async () => {
      const { topicActivity, clock } = stores;
      const now = clock.now();
      for (const at of [now, now, now - days(1)]) await topicActivity.noteTopic(aTopic('builds'), at);
      await topicActivity.forgetOne(aTopic('builds'), now);
      await topicActivity.forgetOne(aTopic('weather'), now);
      expect(await topicActivity.topicsLately(now)).toEqual([{ topic: 'builds', count: 2 }]);
      for (let time = 0; time < 2; time += 1) await topicActivity.forgetOne(aTopic('builds'), now);
      expect(await topicActivity.topicsLately(now)).toEqual([{ topic: 'builds', count: 1 }]);
      await topicActivity.forgetOne(aTopic('builds'), now - days(1));
      expect(await topicActivity.topicsLately(now)).toEqual([]);
    });
  });
}
