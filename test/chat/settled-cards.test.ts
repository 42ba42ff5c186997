import { describe, expect, it } from 'vitest';
import { answer } from '../../shared/chat/answer.ts';
import { quietCommands } from '../../shared/chat/commands/quiet/quiet-commands.ts';
import { snoozeNotificationCommand } from '../../shared/chat/commands/snooze-notification.ts';
import { findPersonZone } from '../../shared/chat/person-zone.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { isJsonObject } from '../../shared/domain/json-object.ts';
import { minutes, seconds } from '../../shared/domain/time.ts';
import type { SendResult } from '../../shared/ports/delivery/messenger.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { aWorld } from '../support/world.ts';

/** What the button of a card that begins so carries. */
function dataOf(card: unknown, command: string): object | undefined {
  if (Array.isArray(card))
    return card.map((part) => dataOf(part, command)).find((data) => data !== undefined);
  if (!isJsonObject(card)) return undefined;
  const { data } = card;
  if (isJsonObject(data) && typeof data.notifier === 'string' && data.notifier.startsWith(command))
    return data;
  return dataOf(Object.values(card), command);
}

async function aBuild() {
  const world = aWorld();
  const personZone = findPersonZone({ ...world, defaultTimeZone: 'UTC' });
  const commands = [
    ...quietCommands({ ...world, personZone, releaseDeferred: world.release }),
    snoozeNotificationCommand({ ...world, personZone }),
  ];
  const chat = aChat({
    world,
    more: { answer: answer({ ...world, defaultTimeZone: 'UTC', dialogs: [], commands }) },
  });
  await chat.says('hello');
  await chat.says('subscribe builds');
  chat.world.clock.advance(minutes(5));
  await chat.world.publish(
    anEvent({ type: 'build.finished', data: { pipeline: 'web', number: 7, status: 'failed' } }),
  );
  await chat.world.run();
  const shown = () => chat.world.channel.shown.find(({ activityId }) => activityId === 'activity-1');
  const press = async (command: string) => {
    const { activityId, states } = shown() ?? {};
    const value = dataOf(states?.[0], command);
    expect(value).toBeDefined();
    await chat.says('', { value, ...(activityId === undefined ? {} : { replyToId: activityId }) });
  };
  const card = () => JSON.stringify(shown()?.message);
  return { chat, press, card, shown };
}

describe('a card whose button was pressed', () => {
  it.each([
    ['unsubscribe', /no longer|unsubscribed/i],
    ['snooze notification', /once more/i],
    ['mute builds', /I keep \*\*builds/],
  ])(
    '%s: has no buttons any more, and says what became of it below what it said',
    async (command, outcome) => {
      const { chat, press, card, shown } = await aBuild();
      expect(card()).toContain('Action.Submit');
      await press(command);
      expect(chat.world.channel.changes).toHaveLength(1);
      expect(card()).not.toContain('Action.Submit');
      expect(card()).toContain('web');
      expect(card()).toMatch(outcome);
      expect(shown()?.states).toHaveLength(2);
    },
  );

  it('changes nothing where the channel takes no change, and the person has the answer all the same', async () => {
    const { chat, press, card } = await aBuild();
    const refused: SendResult = { kind: 'failed', status: 405, code: 'BadArgument', surelyNotSent: true };
    chat.world.channel.nextChange('a:1', { result: refused });
    await press('unsubscribe');
    expect(card()).toContain('Action.Submit');
    expect(chat.sees().at(-1)).toMatch(/builds/);
  });

  it('is told by the state of its key again, when that changes', async () => {
    const { chat, press, card } = await aBuild();
    await press('snooze notification');
    chat.world.clock.advance(minutes(1));
    await chat.world.publish(
      anEvent({ type: 'build.finished', data: { pipeline: 'web', number: 7, status: 'succeeded' } }),
    );
    await chat.world.run();
    expect(card()).toContain('succeeded');
  });

  it('says what became of the state that it shows now, where its thing changed since', async () => {
    const { chat, press, card } = await aBuild();
    chat.world.clock.advance(minutes(1));
    await chat.world.publish(
      anEvent({ type: 'build.finished', data: { pipeline: 'web', number: 7, status: 'succeeded' } }),
    );
    await chat.world.run();
    await press('unsubscribe');
    expect(card()).not.toContain('Action.Submit');
    expect(card()).toContain('succeeded');
    expect(card()).not.toContain('failed');
  });

  it('says nothing of a state that was cancelled before it was told', async () => {
    const { chat, press, card } = await aBuild();
    const busy = { status: 429, code: 'Throttled', retryAfter: minutes(2), surelyNotSent: true };
    chat.world.channel.nextChange('a:1', { result: { kind: 'failed', ...busy } });
    chat.world.clock.advance(minutes(1));
    const event = anEvent({
      type: 'build.finished',
      data: { pipeline: 'web', number: 7, status: 'succeeded' },
    });
    await chat.world.publish(event);
    await chat.world.run(chat.world.clock.now() + seconds(5));
    await chat.world.cancel(notificationId(event.source, event.id));
    await chat.world.run();
    await press('unsubscribe');
    expect(card()).not.toContain('Action.Submit');
    expect(card()).toContain('failed');
    expect(card()).not.toContain('succeeded');
  });

  it('waits where the channel asks for it, and is changed then', async () => {
    const { chat, press, card } = await aBuild();
    const throttled: SendResult = {
      kind: 'failed',
      status: 429,
      code: 'Throttled',
      retryAfter: minutes(5),
      surelyNotSent: true,
    };
    chat.world.channel.nextChange('a:1', { result: throttled }, { result: throttled });
    await press('unsubscribe');
    expect(chat.waits).toEqual([seconds(2), seconds(2)]);
    expect(card()).not.toContain('Action.Submit');
  });
});

describe('what is said without a press', () => {
  it.each([
    ['unsubscribe builds', /no longer/],
    ['unsubscribe all', /I stopped one subscription/],
    ['mute builds', /I keep/],
    ['mute for 1 hour', /I keep/],
    ['stop', /stop|nothing/i],
  ])('%s: changes the newest message about it', async (said, outcome) => {
    const { chat, card } = await aBuild();
    await chat.says(said);
    expect(card()).not.toContain('Action.Submit');
    expect(card()).toMatch(outcome);
    expect(card()).toContain('web');
  });

  it.each([
    ['mute builds', 'unmute builds'],
    ['mute for 1 hour', 'unmute'],
  ])('%s, then %s: the card says that it is over', async (mute, unmute) => {
    const { chat, card, shown } = await aBuild();
    await chat.says(mute);
    const muted = card();
    await chat.says(unmute);
    expect(shown()?.states).toHaveLength(3);
    expect(card()).not.toBe(muted);
    expect(card()).toContain(JSON.stringify(chat.sees().at(-1)).slice(1, -1));
  });

  it.each(['mute alerts', 'unmute', 'unsubscribe alerts', 'unsubscribe builds/web', 'help'])(
    '%s: changes no message that it is not about, or where nothing became of anything',
    async (said) => {
      const { chat } = await aBuild();
      await chat.says('subscribe alerts');
      await chat.says(said);
      expect(chat.world.channel.changes).toEqual([]);
    },
  );

  it('changes the newest message alone, and an older one when that is pressed', async () => {
    const { chat, press, card } = await aBuild();
    chat.world.clock.advance(minutes(5));
    await chat.world.publish(
      anEvent({ type: 'build.finished', data: { pipeline: 'web', number: 8, status: 'failed' } }),
    );
    await chat.world.run();
    await chat.says('unsubscribe builds');
    expect(chat.world.channel.changes.map(({ activityId }) => activityId)).toEqual(['activity-2']);
    expect(card()).toContain('Action.Submit');
    await press('unsubscribe');
    expect(card()).not.toContain('Action.Submit');
  });

  it('changes what is quoted', async () => {
    const { chat, card } = await aBuild();
    chat.world.clock.advance(minutes(5));
    await chat.world.publish(
      anEvent({ type: 'build.finished', data: { pipeline: 'web', number: 8, status: 'failed' } }),
    );
    await chat.world.run();
    await chat.says('<quoted messageId="activity-1"/> snooze');
    expect(chat.world.channel.changes.map(({ activityId }) => activityId)).toEqual(['activity-1']);
    expect(card()).not.toContain('Action.Submit');
  });

  it('changes no message that was taken back', async () => {
    const { chat } = await aBuild();
    const [told] = await chat.world.ledger.deliveriesLately(chat.key, { from: 0, most: 1 });
    if (told === undefined) throw new Error('nothing was told');
    await chat.world.ledger.noteRecall({ ...told, conversation: chat.key }, 'recalled');
    await chat.says('unsubscribe builds');
    expect(chat.world.channel.changes).toEqual([]);
  });
});

describe('an answer in a place with threads', () => {
  const CHANNEL = '19:builds@thread.tacv2';
  const at = (id: string) => ({
    conversation: { id, conversationType: 'channel', isGroup: true },
    channelData: { channel: { id: CHANNEL, name: 'Builds' } },
  });
  const ONE = `${CHANNEL};messageid=1700000000001`;
  const ANOTHER = `${CHANNEL};messageid=1700000000002`;

  it.each([
    [ONE, ONE],
    [ONE, ANOTHER],
    [ONE, CHANNEL],
    [CHANNEL, ONE],
    [CHANNEL, CHANNEL],
  ])('said in %s and settled in %s: is changed where it was said', async (asked, ended) => {
    const chat = aChat({ conversationId: CHANNEL });
    await chat.says('hello', at(CHANNEL));
    await chat.says('book travel', at(asked));
    const { activityId = '' } =
      chat.world.channel.shown.findLast((one) => one.conversationId === asked) ?? {};
    await chat.says('cancel', at(ended));
    const { changes, shown } = chat.world.channel;
    expect(changes.map(({ reference, ...change }) => [reference.conversationId, change.activityId])).toEqual([
      [asked, activityId],
    ]);
    expect(shown.find((one) => one.activityId === activityId)?.states).toHaveLength(2);
  });

  it('told at the top and quoted in a thread: is changed where it is', async () => {
    const chat = aChat({ conversationId: CHANNEL });
    await chat.says('hello', at(CHANNEL));
    await chat.says('subscribe builds', at(CHANNEL));
    chat.world.clock.advance(minutes(5));
    const data = { pipeline: 'web', number: 7, status: 'failed' };
    await chat.world.publish(anEvent({ type: 'build.finished', data }));
    await chat.world.run();
    const told = chat.world.channel.shown.at(-1);
    const quoting = `<quoted messageId="${told?.activityId}"/> snooze 1 hour`;
    await chat.says(quoting, at(ANOTHER));
    expect(chat.world.channel.changes.map(({ reference }) => reference.conversationId)).toEqual([
      told?.conversationId,
    ]);
  });
});
