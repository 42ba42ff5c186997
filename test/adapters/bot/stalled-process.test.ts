import { afterEach, describe, expect, it } from 'vitest';
import { type Bot, createBot } from '../../../shared/adapters/bot/bot.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { aReference, localBot } from '../../support/connector-bot.ts';
import {
  type FarConnector,
  standStill,
  startFarConnector,
} from '../../support/connector-in-another-thread.ts';

const TIMEOUT = seconds(1);

let connector: FarConnector | undefined;
let bot: Bot | undefined;
afterEach(async () => {
  await connector?.close();
  await bot?.close();
});

/** One send whose process stands still from when the request was read. */
async function sendAndStandStill(answerAfter: number | null, standingStill: number, sendTimeout = TIMEOUT) {
  connector = await startFarConnector(answerAfter);
  bot = createBot(localBot({ sendTimeout }));
  const received = connector.received().then(() => standStill(standingStill));
  const sending = bot.messenger.sendActivity(aReference(connector.url), { text: 'Hello' });
  await received;
  return sending;
}

const sent = { kind: 'sent', activityId: 'activity-1' };

describe('after the process stood still for longer than a send may take', () => {
  it('an answer that came meanwhile is read before the send is called unknown', async () => {
    expect(await sendAndStandStill(200, 2 * TIMEOUT)).toEqual(sent);
  });

  it('so it is time and again, also where it stood still for hardly longer', async () => {
    for (let time = 0; time < 8; time += 1) {
      expect(await sendAndStandStill(1, 255, 250)).toEqual(sent);
      await connector?.close();
      await bot?.close();
    }
  });

  it('an answer that is still on its way has a while longer', async () => {
    expect(await sendAndStandStill(2 * TIMEOUT + 500, 2 * TIMEOUT)).toEqual(sent);
  });

  it('a send without an answer is unknown in the end', async () => {
    expect(await sendAndStandStill(null, 2 * TIMEOUT)).toEqual({
      kind: 'failed',
      code: 'timeout',
      surelyNotSent: false,
    });
  });
});
