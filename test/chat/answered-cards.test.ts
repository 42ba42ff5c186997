import { describe, expect, it } from 'vitest';
import { type NotificationId, notificationId } from '../../shared/domain/ids.ts';
import { minutes } from '../../shared/domain/time.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { commandsOn, wordsOf } from '../support/reading.ts';

const GROUP = { conversation: { id: '19:g', conversationType: 'groupChat', isGroup: true, name: 'g' } };

async function aSurvey({
  isInGroup = false,
  mode = 'adHoc',
}: {
  readonly isInGroup?: boolean;
  readonly mode?: string;
} = {}) {
  const chat = aChat(isInGroup ? { conversationId: '19:g' } : {});
  const where = isInGroup ? GROUP : {};
  await chat.says('hello', where);
  chat.world.clock.advance(minutes(1));
  const event = anEvent({
    type: 'survey.requested',
    data: { to: { everyone: true }, question: 'How was it?', choices: ['Great', 'Fine'], delivery: { mode } },
  });
  await chat.world.publish(event);
  await chat.world.run();
  const id = notificationId(event.source, event.id);
  const card = () => chat.world.channel.shown.find(({ activityId }) => activityId === 'activity-1')?.message;
  let presses = 0;
  const press = (command: string, from = '29:ana') => {
    presses += 1;
    const value = { notifier: command, notifierPress: `press ${presses}` };
    return chat.says('', { ...where, value, replyToId: 'activity-1', from: { id: from, name: from } });
  };
  return {
    chat,
    id,
    press,
    card,
    text: () => wordsOf(card() ?? { text: '' }),
    buttons: () => commandsOn(card()?.card),
  };
}

const answers = (id: NotificationId) => [`answer ${id} 1`, `answer ${id} 2`];

describe('a question on a card, to somebody alone', () => {
  it.each([
    ['pressed', 'adHoc'],
    ['said', 'adHoc'],
    ['by its id', 'adHoc'],
    ['pressed', 'interrupt'],
    ['said', 'interrupt'],
  ])('answered (%s, %s): says the answer, and has one button to change it', async (how, mode) => {
    const { chat, id, press, text, buttons } = await aSurvey({ mode });
    chat.world.clock.advance(minutes(1));
    if (how === 'pressed') await press(`answer ${id} 2`);
    else await chat.says(how === 'said' ? 'Fine' : `answer ${id} 2`);
    expect(text()).toContain('How was it?');
    expect(text()).toContain('You answered **Fine**.');
    expect(buttons()[0]).toBe(`answer ${id} change`);
    expect(buttons()).not.toContain(`answer ${id} 1`);
  });

  it('changed: asks again with its choices, and takes another answer', async () => {
    const { chat, id, press, text, buttons } = await aSurvey();
    await press(`answer ${id} 2`);
    await press(`answer ${id} change`);
    expect(buttons().slice(0, 2)).toEqual(answers(id));
    expect(text()).not.toContain('You answered');
    await press(`answer ${id} 1`);
    expect(text()).toContain('You answered **Great**.');
    expect([...chat.world.answers.all.values()].map(({ stands }) => stands.choice)).toEqual(['Great']);
  });

  it('says the answer that stands, whichever request was made last', async () => {
    const { chat, id, press, text } = await aSurvey();
    const { updateActivity: update } = chat.world.channel;
    let isFirst = true;
    chat.world.channel.updateActivity = async (...asked) => {
      if (isFirst) {
        isFirst = false;
        // Another press is answered while this change is on its way.
        await press(`answer ${id} 1`);
      }
      return update.apply(chat.world.channel, asked);
    };
    await press(`answer ${id} 2`);
    expect(text()).toContain('You answered **Great**.');
  });

  it('keeps why it came, and the ways to end that', async () => {
    const { id, press, buttons } = await aSurvey();
    await press(`answer ${id} 2`);
    expect(buttons()).toContain('mute for 1 hour');
  });

  it('asked to be changed of a question that is not known, says so and changes nothing', async () => {
    const { chat, id } = await aSurvey();
    await chat.says(`answer ${id.replace(/^./, 'A')} change`);
    expect(chat.world.channel.changes).toEqual([]);
  });
});

describe('a question on a card, in a place', () => {
  it('keeps its choices and counts the answers, each person once', async () => {
    const { id, press, text, buttons } = await aSurvey({ isInGroup: true });
    await press(`answer ${id} 1`);
    await press(`answer ${id} 2`, '29:ben');
    expect(text()).toContain('Answers: Great **1** · Fine **1**');
    await press(`answer ${id} 2`, '29:ana');
    expect(text()).toContain('Answers: Great **0** · Fine **2**');
    expect(buttons().slice(0, 2)).toEqual(answers(id));
  });

  it('counts those who answered while the card was changed', async () => {
    const { chat, id, press, text } = await aSurvey({ isInGroup: true });
    const { updateActivity: update } = chat.world.channel;
    let isFirst = true;
    chat.world.channel.updateActivity = async (...asked) => {
      if (isFirst) {
        isFirst = false;
        // Their own change is made before this older one.
        await press(`answer ${id} 1`, '29:ben');
      }
      return update.apply(chat.world.channel, asked);
    };
    await press(`answer ${id} 1`);
    expect(text()).toContain('Answers: Great **2** · Fine **0**');
  });
});
