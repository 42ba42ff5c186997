import { describe, expect, it } from 'vitest';
import { answer } from '../../shared/chat/answer.ts';
import { storeCommands } from '../../shared/chat/commands/store-commands.ts';
import { dialogCommands } from '../../shared/chat/dialogs/dialogs.ts';
import { parseVouching } from '../../shared/domain/identity/vouching.ts';
import { conversationKey, type NotificationId, notificationId } from '../../shared/domain/ids.ts';
import { minutes } from '../../shared/domain/time.ts';
import { hotelKey } from '../../shared/kinds/hotels/prices/hotel.ts';
import { wordsFor } from '../../shared/locale/words.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { heardIn } from '../support/reading.ts';
import { aWorld } from '../support/world.ts';

const parsed = parseVouching(undefined, { isLocal: false });
if (!parsed.ok) throw new Error('the default can be read');
const vouching = parsed.value;

const VICTIM = {
  from: { id: '29:victim', name: 'Vera Victim', aadObjectId: 'aad-victim' },
  conversation: { id: 'a:victim', conversationType: 'personal', isGroup: false, name: '' },
};
const hers = conversationKey('msteams', 'a:victim');

/** Somebody who has something under each name that a text or a button can hold. */
async function aVictim() {
  const world = aWorld({ vouching });
  const deps = { ...world, defaultTimeZone: 'UTC', releaseDeferred: world.release };
  const commands = storeCommands({ ...deps, askForPriceReport: async () => undefined });
  const chat = aChat({ world, more: { answer: answer({ ...deps, dialogs: dialogCommands, commands }) } });
  const point = { at: 1, price: 200, currency: 'USD', event: notificationId('s', 'p') };
  await world.hotels.save({ key: hotelKey('1'), name: 'Plaza', city: 'Berlin', prices: [point] });

  const tell = async (data: object, type = 'notification.requested'): Promise<NotificationId> => {
    const event = anEvent({ type, data: { to: { user: 'aad-victim' }, ...data } });
    await world.publish(event);
    await world.run(world.clock.now() + minutes(2));
    return notificationId(event.source, event.id);
  };
  for (const text of [
    'hello',
    'subscribe secret-plan',
    'watch plaza',
    'remind me to meet the lawyer tomorrow at 9am',
    'mute secret-plan',
    'quiet hours 22:00-7:00',
    'timezone Europe/Lisbon',
  ]) {
    await chat.says(text, VICTIM);
  }
  const told = await tell({ text: 'Your raise was refused' });
  const question = { question: 'Do you resign?', choices: ['Yes', 'No'], replyTo: 'outcomes' };
  const asked = await tell(question, 'survey.requested');
  const buttons = await tell({ ...question, delivery: { mode: 'adHoc' } }, 'survey.requested');

  const all = async () => ({
    record: await world.conversations.find(hers),
    person: await world.findPerson({ user: 'aad-victim' }),
    subscriptions: await world.subscriptions.of(hers),
    preferences: await world.preferences.find(hers),
    watches: await world.watches.of(hers),
    reminders: await world.reminders.of(hers),
    turns: (await world.turns.load({ conversation: hers })).state,
    answers: [...world.answers.all.values()].filter(({ stands }) => stands.id.conversation === hers),
    notifications: await Promise.all([told, asked, buttons].map((id) => world.notifications.find(id))),
  });
  return { world, chat, commands, told, asked, buttons, all };
}

const colleague = {
  from: { id: '29:mallory', name: 'Mallory', aadObjectId: 'aad-mallory' },
  conversation: { id: 'a:mallory', conversationType: 'personal', isGroup: false, name: '' },
};
const impostor = {
  ...colleague,
  channelId: 'webchat',
  from: { id: '29:victim', name: 'Mallory', aadObjectId: 'aad-victim' },
};

/** What each command can be given, with what belongs to somebody else in it. */
const attacks: { readonly [command: string]: readonly string[] } = {
  answer: ['answer <asked> 1', 'answer <buttons> 2', 'answer <told> 1', 'answer <asked> done'],
  'book travel': ['book travel'],
  cancel: ['cancel'],
  'cancel reminder': ['cancel reminder 1', 'cancel reminder meet the lawyer'],
  done: ['done 1', 'done'],
  'edit reminder': ['edit reminder 1 in 5 minutes'],
  'export my data': ['export my data'],
  'forget me': ['forget me', 'forget me now'],
  help: ['help'],
  missed: ['missed', 'verpasst'],
  mute: ['mute secret-plan for 1 hour', 'mute'],
  'price report': ['price report plaza'],
  'quiet hours': ['quiet hours off', 'quiet hours'],
  'remind me': ['remind me to meet the lawyer in 1 hour'],
  reminders: ['reminders'],
  'show all': ['show all <told>', 'show all <asked> and older', `show all <told> ${'m'.repeat(43)} 1`],
  snooze: ['snooze 1 1 hour', 'snooze 1 until tomorrow'],
  'snooze notification': ['snooze notification <told> for 1 hour', 'snooze notification <asked> for 1 hour'],
  'snooze watch': ['snooze watch plaza for 1 hour'],
  status: ['status'],
  subscribe: ['subscribe secret-plan'],
  subscriptions: ['subscriptions'],
  timezone: ['timezone', 'timezone UTC'],
  topics: ['topics'],
  unmute: ['unmute', 'unmute secret-plan'],
  unsubscribe: ['unsubscribe secret-plan', 'unsubscribe all'],
  unwatch: ['unwatch plaza'],
  watch: ['watch plaza below 150'],
  watches: ['watches'],
};

describe('what a text or a button names', () => {
  it('is tried here for every command that there is', async () => {
    const { commands } = await aVictim();
    const all = [
      ...commands.map(({ name }) => name),
      ...dialogCommands.map(({ name }) => name),
      ...['answer', 'help', 'topics', 'subscribe', 'unsubscribe', 'subscriptions', 'status'],
    ];
    expect(Object.keys(attacks).sort()).toEqual([...new Set(all)].sort());
    // Whatever has words in `help` is a command, wherever it is made.
    for (const name of Object.keys(wordsFor('en').commands)) expect(Object.keys(attacks)).toContain(name);
  });

  for (const [who, attacker] of Object.entries({ 'a colleague': colleague, 'an impostor': impostor })) {
    it.each(Object.values(attacks).flat())(`of somebody else is left alone by ${who}: %s`, async (text) => {
      const victim = await aVictim();
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
  }

  it('is answered kindly where it is somebody else’s notification', async () => {
    const { chat, asked, told } = await aVictim();
    await chat.says('hello there', colleague);
    const hears = (notifier: string) => chat.hears('', { ...colleague, value: { notifier } });
    expect(await hears(`answer ${asked} 1`)).toBe('That question is not open any more.');
    expect(await hears(`snooze notification ${told} for 1 hour`)).toBe(wordsFor('en').why.noSuchNotification);
  });
});
