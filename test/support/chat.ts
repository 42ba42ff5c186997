import { expect } from 'vitest';
import { fromActivity } from '../../shared/adapters/bot/activity/sighting.ts';
import { answer } from '../../shared/chat/answer.ts';
import { type BotDeps, botLogic } from '../../shared/chat/bot.ts';
import { exportMyData } from '../../shared/chat/commands/privacy/export-my-data.ts';
import { forgetMeCommand } from '../../shared/chat/commands/privacy/forget-me.ts';
import { snoozeNotificationCommand } from '../../shared/chat/commands/snooze-notification.ts';
import type { DialogBook } from '../../shared/chat/dialogs/dialog-book.ts';
import { findPersonZone } from '../../shared/chat/person-zone.ts';
import type { Activity } from '../../shared/domain/conversation/activity.ts';
import { conversationKey } from '../../shared/domain/ids.ts';
import type { TurnContext } from '../../shared/ports/conversation/turn-context.ts';
import { captureConversation } from '../../shared/use-cases/conversation/capture-conversation.ts';
import { countReplies } from '../../shared/use-cases/conversation/count-replies.ts';
import { findTold } from '../../shared/use-cases/conversation/find-told.ts';
import { recordAnswer } from '../../shared/use-cases/conversation/record-answer.ts';
import { releaseDeferred } from '../../shared/use-cases/holding-back/release-deferred.ts';
import { settleCards } from '../../shared/use-cases/living/settle-card.ts';
import { settledMessage } from '../../shared/use-cases/living/settled-message.ts';
import { faultsOfShape } from './one-message.ts';
import { heardIn } from './reading.ts';
import { tripBook } from './trip.ts';
import { aWorld } from './world.ts';

/** Somebody in a personal conversation with the bot, in a world without wires. */
export function aChat({
  world = aWorld(),
  conversationId = 'a:1',
  more = {},
  dialogs = tripBook,
}: {
  readonly dialogs?: DialogBook;
  readonly world?: ReturnType<typeof aWorld>;
  readonly conversationId?: string;
  readonly more?: Partial<BotDeps>;
} = {}) {
  const waits: number[] = [];
  /** What the next replies are refused with. */
  const refusals: Error[] = [];
  const replies: Partial<Activity>[] = [];
  const logic = botLogic({
    ...world,
    sight: fromActivity,
    // Over the stores themselves: what a watch counts are the calls of a delivery.
    capture: captureConversation({ ...world, returning: world.returning }),
    answer: answer({
      ...world,
      defaultTimeZone: 'UTC',
      dialogs: dialogs.names,
      commands: [
        snoozeNotificationCommand({
          ...world,
          personZone: findPersonZone({ ...world, defaultTimeZone: 'UTC' }),
        }),
        exportMyData({
          ...world,
          // What the link would open, in the link itself.
          linkToExport: async (to) => {
            const document = await world.exportPersonalData(to, to.user);
            return `https://notifier.example/#${Buffer.from(JSON.stringify(document)).toString('base64url')}`;
          },
        }),
        forgetMeCommand,
      ],
    }),
    countReplies: countReplies(world),
    settleCards: settleCards({
      ...world,
      told: findTold(world),
      settledMessage: settledMessage({ ...world, defaultTimeZone: 'UTC' }),
      messenger: async () => world.channel,
      wait: async (delay) => waits.push(delay),
    }),
    dialogs,
    told: findTold(world),
    recordAnswer: recordAnswer(world),
    releaseDeferred: releaseDeferred(world),
    defaultTimeZone: 'UTC',
    wait: async (delay) => waits.push(delay),
    ...more,
  });
  let count = 0;
  const says = async (text: string, fields: Partial<Activity> = {}) => {
    const before = replies.length;
    count += 1;
    const activity = {
      type: 'message',
      id: `activity-${count}`,
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      conversation: { id: conversationId, conversationType: 'personal' },
      from: { id: '29:ana', name: 'Ana' },
      recipient: { id: '28:bot', name: 'Notifier' },
      text,
      ...fields,
    };
    // Only what the logic uses of a turn: its activity and its way to answer.
    const context = {
      activity,
      sendActivity: async (reply: Partial<Activity>) => {
        const refusal = refusals.shift();
        if (refusal !== undefined) throw refusal;
        replies.push(reply);
        // What the person sees, replies and notifications, in one order.
        const message = { text: heardIn(reply) };
        const id = `reply-${replies.length}`;
        const { id: shownIn } = activity.conversation ?? { id: conversationId };
        world.channel.shown.push({ conversationId: shownIn, message, activityId: id, states: [message] });
        return { id };
      },
    } as unknown as TurnContext;
    await logic(context);
    // Not where it is sent: the bot would take that for a failure of the channel.
    expect(replies.slice(before).flatMap(faultsOfShape)).toEqual([]);
    // The channel refuses what is for one of several where there are no others.
    if (activity.conversation?.conversationType === 'personal')
      expect(JSON.stringify(replies.slice(before))).not.toContain('"treatment":"targeted"');
  };
  return {
    world,
    waits,
    refusals,
    replies,
    says,
    key: conversationKey('msteams', conversationId),
    place: { conversation: conversationKey('msteams', conversationId) },
    /** Everything that the person sees, in order. */
    sees: () => world.channel.textsIn(conversationId),
    /** What the bot answers to `text`, joined by a line. */
    hears: async (text: string, fields: Partial<Activity> = {}) => {
      const before = replies.length;
      await says(text, fields);
      return replies.slice(before).map(heardIn).join('\n');
    },
    state: async () =>
      (await world.turns.loadTurns({ conversation: conversationKey('msteams', conversationId) })).state,
  };
}
