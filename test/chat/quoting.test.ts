import { describe, expect, it } from 'vitest';
import { minutes } from '../../shared/domain/time.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { everyCommand } from '../support/every-command.ts';
import { aWorld } from '../support/world.ts';

/** Somebody to whom things were told; gives the channel's id of the message that begins with a text. */
async function told() {
  const world = aWorld();
  const chat = aChat({ world, more: { answer: (await everyCommand(world)).answer } });
  await chat.says('hello');
  const publish = async (data: object, type = 'notification.requested') => {
    await world.publish(anEvent({ type, data: { to: { conversation: chat.key }, ...data } }));
    await world.run();
    world.clock.advance(minutes(1));
    return `activity-${world.channel.requests.length}`;
  };
  /** Of the message whose toast is this. */
  const idOf = (toast: string) =>
    `activity-${world.channel.requests.findIndex(({ message }) => message.summary === toast) + 1}`;
  const quoting = (id: string, text: string) =>
    chat.hears(`<quoted messageId="${id}"/> ${text}`, {
      entities: [{ type: 'quotedReply', quotedReply: { messageId: id } }],
    });
  return { ...chat, publish, quoting, idOf };
}

describe('a quoted reply', () => {
  it('to a reminder is done, or snoozed, by its very occurrence', async () => {
    const chat = await told();
    await chat.says('remind me to drink in 1 minute');
    await chat.says('remind me to stretch in 90 seconds');
    await chat.world.run(chat.world.clock.now() + minutes(10));
    expect(await chat.quoting(chat.idOf('Reminder: stretch'), 'snooze 1 hour')).toMatch(
      /^Snoozed until .*: stretch/,
    );
    expect(await chat.quoting(chat.idOf('Reminder: drink'), 'Done!')).toBe('Done: drink');
  });

  it('to a notification is put off, muted and unsubscribed from', async () => {
    const chat = await told();
    await chat.says('subscribe builds');
    const id = await chat.publish(
      { to: undefined, pipeline: 'web', number: 7, status: 'failed' },
      'build.finished',
    );
    await chat.publish({ text: 'The canteen closes' });
    expect(await chat.quoting(id, 'snooze 1 hour')).toContain('I bring that once more');
    expect(await chat.quoting(id, 'mute this for 1 hour')).toContain('I keep **builds/web**');
    expect(await chat.quoting(id, 'unsubscribe')).toContain('it comes with **builds**');
    expect(await chat.quoting(id, 'done')).toBe('That is done already.');
    expect(await chat.quoting(id, 'help')).toContain('I tell you when something happens');
  });

  it('to a survey is its answer', async () => {
    const chat = await told();
    const id = await chat.publish({ question: 'Lunch?', choices: ['Yes', 'No'] }, 'survey.requested');
    await chat.publish({ question: 'Dinner?', choices: ['Yes', 'No'] }, 'survey.requested');
    expect(await chat.quoting(id, 'yes')).toBe('Thank you. I noted **Yes**.');
    const [answered] = [...chat.world.answers.all.values()];
    expect(chat.world.answers.all.size).toBe(1);
    const notification = await chat.world.notifications.findNotification(
      answered?.stands.id.notification ?? expect.fail(),
    );
    expect(notification?.data.question).toBe('Lunch?');
  });

  it('to what nobody told is taken for what it says', async () => {
    const chat = await told();
    expect(await chat.quoting('1750000000001', 'subscribe builds')).toContain('**builds**');
    expect(await chat.quoting('1750000000001', 'done')).toContain('Which one?');
  });
});
