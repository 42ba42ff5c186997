import { describe, expect, it } from 'vitest';
import type { DialogBook } from '../../shared/chat/dialogs/dialog-book.ts';
import { parseVouching } from '../../shared/domain/identity/vouching.ts';
import { conversationKey, type NotificationId, notificationId } from '../../shared/domain/ids.ts';
import { minutes } from '../../shared/domain/time.ts';
import { anEvent } from './builders.ts';
import { aChat } from './chat.ts';
import { everyCommand } from './every-command.ts';
import { heardIn } from './reading.ts';
import { aWorld, type World } from './world.ts';

const parsed = parseVouching(undefined, { isLocal: false });
if (!parsed.ok) throw new Error('the default can be read');
/** Who is believed where the app is deployed. */
const vouching = parsed.value;

const VICTIM = {
  from: { id: '29:victim', name: 'Vera Victim', aadObjectId: 'aad-victim' },
  conversation: { id: 'a:victim', conversationType: 'personal', isGroup: false, name: '' },
};
const hers = conversationKey('msteams', 'a:victim');

export const colleague = {
  from: { id: '29:mallory', name: 'Mallory', aadObjectId: 'aad-mallory' },
  conversation: { id: 'a:mallory', conversationType: 'personal', isGroup: false, name: '' },
};
const impostor = {
  ...colleague,
  channelId: 'webchat',
  from: { id: '29:victim', name: 'Mallory', aadObjectId: 'aad-victim' },
};

type Conversation = typeof hers;

/** What a kind adds to the life of the victim. */
export interface MoreToLose<Of extends World = World> {
  readonly makeWorld: (options: { readonly vouching: typeof vouching }) => Of;
  readonly dialogs?: DialogBook;
  /** Before the victim says anything. */
  readonly prepare?: (world: Of) => Promise<void>;
  /** What she says beside the rest. */
  readonly says?: readonly string[];
  /** What the kind keeps of hers. */
  readonly kept?: (world: Of, conversation: Conversation) => Promise<unknown>;
}

/** Somebody who has something under each name that a text or a button can hold. */
export async function aVictim<Of extends World = World>(more?: MoreToLose<Of>) {
  const world = more === undefined ? aWorld({ vouching }) : more.makeWorld({ vouching });
  const { answer, names } = await everyCommand(world, undefined, more?.dialogs);
  const chat = aChat({ world, more: { answer }, ...(more?.dialogs && { dialogs: more.dialogs }) });
  // A world that the kind made, wherever it says what more there is.
  if (more?.prepare !== undefined) await more.prepare(world as Of);

  const tell = async (data: object, type = 'notification.requested'): Promise<NotificationId> => {
    const event = anEvent({ type, data: { to: { user: 'aad-victim' }, ...data } });
    await world.publish(event);
    await world.run(world.clock.now() + minutes(2));
    return notificationId(event.source, event.id);
  };
  for (const text of [
    'hello',
    'subscribe secret-plan',
    'remind me to meet the lawyer tomorrow at 9am',
    'mute secret-plan',
    'quiet hours 22:00-7:00',
    'timezone Europe/Lisbon',
    ...(more?.says ?? []),
  ]) {
    await chat.says(text, VICTIM);
  }
  const told = await tell({ text: 'Your raise was refused' });
  const question = { question: 'Do you resign?', choices: ['Yes', 'No'], replyTo: 'outcomes' };
  const asked = await tell(question, 'survey.requested');
  const buttons = await tell({ ...question, delivery: { mode: 'adHoc' } }, 'survey.requested');

  const all = async () => ({
    record: await world.conversations.findConversation(hers),
    person: await world.findPerson({ user: 'aad-victim' }),
    subscriptions: await world.subscriptions.subscriptionsOf(hers),
    preferences: await world.preferences.findPreferences(hers),
    kept: await more?.kept?.(world as Of, hers),
    reminders: await world.reminders.of(hers),
    turns: (await world.turns.loadTurns({ conversation: hers })).state,
    answers: [...world.answers.all.values()].filter(({ stands }) => stands.id.conversation === hers),
    notifications: await Promise.all(
      [told, asked, buttons].map((id) => world.notifications.findNotification(id)),
    ),
  });
  return { world, chat, names, told, asked, buttons, all };
}

/** Tries each of these, said and pressed, by somebody whom it is not for. */
export function describeAttacks<Of extends World = World>(
  attacks: readonly string[],
  more?: MoreToLose<Of>,
): void {
  describe.each(Object.entries({ 'a colleague': colleague, 'an impostor': impostor }))(
    'what a text or a button names, by %s',
    (_who, attacker) => {
      it.each(attacks)('of somebody else is left alone: %s', async (text) => {
        const victim = await aVictim(more);
        const { chat, world } = victim;
        const before = await victim.all();
        const ids = { told: victim.told, asked: victim.asked, buttons: victim.buttons };
        const said = text.replace(/<(\w+)>/, (_all, name: keyof typeof ids) => ids[name]);
        for (const fields of [{}, { text: '', value: { notifier: said } }]) {
          await chat.says('hello there', attacker);
          const shown = chat.replies.length;
          await chat.says('text' in fields ? '' : said, { ...attacker, ...fields });
          const replies = chat.replies.slice(shown);
          // Something is answered, and nothing that is hers; what was said oneself may be said back.
          expect(replies.every((reply) => (heardIn(reply) || reply.summary) !== '')).toBe(true);
          expect(replies.length).toBeGreaterThan(0);
          const words = ['Vera', hers, 'raise', 'resign', 'Lisbon', 'lawyer', 'secret-plan'];
          const hersAlone = words.filter((word) => !said.includes(word));
          for (const word of hersAlone) expect(JSON.stringify(replies)).not.toContain(word);
        }
        await world.run(world.clock.now() + minutes(5));
        expect(await victim.all()).toEqual(before);
        expect(world.outcomes.takeAll()).toEqual([]);
      });
    },
  );
}
