import { beforeEach, describe, expect, it } from 'vitest';
import { answer } from '../../../shared/chat/answer.ts';
import { timezone } from '../../../shared/chat/commands/timezone.ts';
import { findPersonZone } from '../../../shared/chat/person-zone.ts';
import type { Reply } from '../../../shared/chat/turn.ts';
import type { Conversation } from '../../../shared/domain/conversation/conversation.ts';
import { days, hours, type Instant, minutes } from '../../../shared/domain/time.ts';
import { reminderCommands } from '../../../shared/kinds/reminders/commands/commands.ts';
import { aConversation } from '../../support/builders.ts';
import { aWorld, type World } from '../../support/world.ts';

/** Monday 2026-11-23, 9:00 in UTC; 10:00 in Berlin. */
const NINE = Date.UTC(2026, 10, 23, 9);

let world: World;
let ada: Conversation;
let reply: (turn: Parameters<ReturnType<typeof answer>>[0]) => Promise<Reply>;
let turns: number;

function aChat(fields: Partial<Conversation> = {}): void {
  world = aWorld();
  ada = aConversation(fields);
  turns = 0;
  const personZone = findPersonZone({ ...world, defaultTimeZone: 'UTC' });
  reply = answer({
    ...world,
    defaultTimeZone: 'UTC',
    commands: [
      ...reminderCommands({ ...world, personZone }),
      timezone({ ...world, personZone, releaseDeferred: world.release }),
    ],
  });
}

beforeEach(async () => {
  aChat({ timeZone: 'Europe/Berlin' });
  await world.knows(ada);
});

async function says(text: string, turn?: string, locale = 'en'): Promise<Reply> {
  turns += 1;
  const id = turn ?? `turn-${turns}`;
  return reply({ id, at: world.clock.now(), conversation: ada, text, locale });
}

/** The commands on the buttons of a card, by their titles. */
function buttons(card: unknown): { readonly [title: string]: string } {
  const found: { [title: string]: string } = {};
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    else if (node !== null && typeof node === 'object') {
      const { type, title, data } = node as {
        type?: unknown;
        title?: unknown;
        data?: { notifier?: unknown };
      };
      if (type === 'Action.Submit') found[String(title)] ??= String(data?.notifier);
      for (const value of Object.values(node)) visit(value);
    }
  };
  visit(card);
  return found;
}

async function live(until: Instant): Promise<void> {
  while (world.clock.now() < until) {
    await world.fire();
    const next = Math.min(...world.reminderIndex.all().map(({ at }) => at - minutes(1)));
    const step = Math.min(until, Math.max(world.clock.now() + minutes(1), next));
    await world.run(step);
    world.clock.set(step);
  }
  await world.run(until);
}
const lastShown = () => {
  const shown = world.channel.shown.at(-1);
  if (shown === undefined) throw new Error('nothing was told yet');
  return shown.message;
};

describe('remind me', () => {
  it('is confirmed with number, words, the time by the person’s clock, and how far off it is', async () => {
    const { text, card } = await says('remind me to water the plants in 20 minutes');
    for (const told of [
      'Reminder **1**',
      'water the plants',
      'Monday, November 23, 2026 at 10:20 AM',
      'in 20 minutes',
    ])
      expect(text).toContain(told);
    expect(JSON.stringify(card)).toContain('Reminder **1** is set: water the plants');
    expect(buttons(card)).toEqual({ Edit: 'edit reminder 1', 'Cancel reminder': 'cancel reminder 1' });
  });

  it('that repeats names the rule, the next three times and the clock that it follows', async () => {
    const { text, card } = await says('remind me every weekday at 8:50am to join the stand-up');
    expect(text).toContain('every weekday at 8:50 AM');
    expect(text).toContain('clock of Europe/Berlin');
    const shown = JSON.stringify(card);
    for (const day of ['November 24', 'November 25', 'November 26']) expect(shown).toContain(day);
  });

  it('every so many hours follows no clock in particular, and does not say that it does', async () => {
    const { text } = await says('remind me every 2 hours to drink');
    expect(text).toContain('every 2 hours');
    expect(text).not.toContain('follows the clock');
  });

  it('without a known time zone says which one was taken, and how to set it', async () => {
    aChat();
    await world.knows(ada);
    expect((await says('remind me to call Ann at noon')).text).toContain(
      'I do not know your time zone and took UTC',
    );
  });

  it.each([
    ['remind me', 'What shall I remind you of, and when?', 'remind me {}'],
    ['remind me to call Ann', 'When shall I remind you: call Ann?', 'set reminder "call Ann" {}'],
    ['remind me to call Ann on 2020-01-01 at noon', 'over', expect.stringMatching(/^set reminder "/)],
    ['remind me tomorrow at 9', 'What shall I remind you of?', 'remind me tomorrow at 9 to {}'],
  ])('%j asks for what is missing, and makes nothing yet', async (said, question, completes) => {
    const { text, asks } = await says(said);
    expect(text).toContain(question);
    expect(asks).toEqual({ completes });
    expect((await world.reminders.of(ada.key)).reminders).toEqual([]);
  });

  it('refuses a text beyond what a reminder holds', async () => {
    expect((await says(`remind me to ${'x'.repeat(1001)} tomorrow at 9`)).text).toContain('1000 characters');
  });

  it('said once and heard twice makes one', async () => {
    await says('remind me to water the plants in 20 minutes', 'same');
    expect((await says('remind me to water the plants in 20 minutes', 'same')).text).toContain(
      'Reminder **1**',
    );
    expect((await world.reminders.of(ada.key)).lastNumber).toBe(1);
  });

  it('beyond the limit says what to do', async () => {
    for (let n = 0; n < 200; n += 1) await says(`remind me to do ${n} in ${n + 60} minutes`);
    expect((await says('remind me to do more tomorrow at 9am')).text).toContain('200 open reminders');
  });

  it('for a minute that holds ten says which, and sets the next', async () => {
    for (let n = 0; n < 10; n += 1) await says(`remind me to do ${n} tomorrow at 9am`);
    expect((await says('remind me to do more tomorrow at 9am')).text).toContain(
      'I tell 10 reminders in one minute at most, and there would be more on Tuesday, November 24, 2026 at 9:00 AM',
    );
    expect((await says('remind me to do more tomorrow at 9:01am')).text).toContain('Reminder **11**');
  });

  it.each(['every feb 30', 'every april 31', 'on 31 june'])(
    'on a date that is none says so: %s',
    async (when) => {
      await says('remind me to water tomorrow');
      for (const command of [`remind me to pay rent ${when}`, `edit reminder 1 ${when}`, `snooze 1 ${when}`])
        expect((await says(command)).text).toMatch(
          /^(February|April|June) has no 3\d(th|st)\. When shall I remind you\?$/,
        );
    },
  );
});

describe('the card of a reminder that came', () => {
  it('can be done, and its buttons then say that it is', async () => {
    await says('remind me to water the plants in 5 minutes');
    await live(NINE + minutes(6));
    const pressed = buttons(lastShown().card);
    expect(Object.keys(pressed)).toEqual(['Done', '20 minutes', '1 hour', 'Tomorrow 9:00', 'Later\u2026']);
    expect((await says(pressed.Done ?? '')).text).toContain('Done: water the plants');
    expect((await says(pressed.Done ?? '')).text).toContain('is done already');
    expect((await says(pressed['1 hour'] ?? '')).text).toContain('is done already');
    await live(NINE + hours(3));
    expect(world.channel.shown).toHaveLength(1);
  });

  it.each([
    ['20 minutes', NINE + minutes(26)],
    ['1 hour', NINE + minutes(66)],
    ['Tomorrow 9:00', NINE + days(1) - hours(1)],
  ])('snoozed by the button %j comes again at that time', async (title, at) => {
    await says('remind me to water the plants in 5 minutes');
    await live(NINE + minutes(6));
    const pressed = buttons(lastShown().card);
    expect((await says(pressed[title] ?? '')).text).toContain('Snoozed until');
    await live(at - 1);
    expect(world.channel.shown).toHaveLength(1);
    await live(at + minutes(1));
    expect(world.channel.shown).toHaveLength(2);
  });

  it('on an occurrence that is done tells when the next one comes', async () => {
    await says('remind me every day at 10:05am to water the plants');
    await live(NINE + minutes(6));
    const monday = buttons(lastShown().card);
    expect((await says(monday.Done ?? '')).text).toContain('It comes again Tuesday, November 24');
    expect((await says(monday.Done ?? '')).text).toContain('comes next Tuesday, November 24');
    await live(NINE + days(1) + minutes(6));
    expect((await says(monday.Done ?? '')).text).toContain('That one is done already');
    const tuesday = buttons(lastShown().card);
    expect((await says(tuesday.Done ?? '')).text).toContain('Done: water the plants');
  });
});

describe('reminders', () => {
  it('lists what came and is not done, what is to come, and what repeats', async () => {
    await says('remind me to water the plants in 5 minutes');
    await says('remind me to call Ann tomorrow at noon');
    await says('remind me every friday at 3pm to tidy up');
    await says('remind me to pay the rent in 6 minutes');
    await says('cancel reminder 4');
    await live(NINE + minutes(10));
    const { text } = await says('reminders');
    const order = [
      'Past and not done',
      '**1** water',
      'Upcoming',
      '**2** call Ann',
      'Recurring',
      '**3** tidy up',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(text).not.toContain('rent');
    await says('done 1');
    expect((await says('reminders')).text).not.toContain('water');
  });

  it('come in pages with buttons to turn them', async () => {
    for (let n = 1; n <= 20; n += 1) await says(`remind me to do number ${n} in ${n + 60} minutes`);
    const first = await says('reminders');
    expect(first.text).toContain('page 1 of 3');
    expect(buttons(first.card)['Next page']).toBe('reminders 2');
    const last = await says('reminders 3');
    expect(last.text).toContain('do number 20');
    expect(buttons(last.card)['Next page']).toBeUndefined();
    expect((await says('reminders 99')).text).toContain('page 3 of 3');
  });

  it('without any says how to make one', async () => {
    expect((await says('reminders')).text).toContain('no reminders');
  });
});

describe('a command about one reminder', () => {
  it.each(['done', 'snooze', 'cancel reminder', 'edit reminder', 'done x'])(
    '%j asks which one',
    async (said) => {
      expect((await says(said)).text).toContain('Which one?');
    },
  );

  it.each(['done 7', 'snooze 7 1 hour', 'cancel reminder 7', 'edit reminder 7 tomorrow at 9am'])(
    '%j says that there is none',
    async (said) => {
      expect((await says(said)).text).toContain('There is no reminder 7');
    },
  );

  it('edit moves it and confirms the new time', async () => {
    await says('remind me to water the plants in 5 minutes');
    expect((await says('edit reminder 1')).text).toContain('When shall reminder 1 come?');
    expect((await says('edit reminder 1 nonsense')).text).toContain('When shall I remind you?');
    const { text } = await says('edit reminder 1 tomorrow at 4pm');
    expect(text).toContain('is moved');
    expect(text).toContain('November 24, 2026 at 4:00 PM');
    await live(NINE + minutes(10));
    expect(world.channel.shown).toEqual([]);
  });

  it('snooze refuses what repeats, and points to edit', async () => {
    await says('remind me to water the plants in 5 minutes');
    await live(NINE + minutes(6));
    expect((await says('snooze 1 every day at 9am')).text).toContain('edit reminder 1 every day at 9am');
  });

  it('snooze before it came says when it comes', async () => {
    await says('remind me to water the plants tomorrow at noon');
    expect((await says('snooze 1 1 hour')).text).toContain('did not come yet: it comes Tuesday');
  });
});

describe('timezone', () => {
  it('is set by a city, kept beside other preferences, and used from then on', async () => {
    await world.preferences.savePreferences(ada.key, { mutes: [{}], quietHours: { from: 1, to: 2 } });
    expect((await says('timezone New York')).text).toContain(
      '**America/New_York**, where it is Monday, November 23, 2026 at 4:00 AM',
    );
    expect((await world.preferences.findPreferences(ada.key)).preferences).toMatchObject({
      mutes: [{}],
      quietHours: { from: 1, to: 2 },
      timeZone: 'America/New_York',
    });
    const { text } = await says('remind me to call Ann at noon');
    expect(text).toContain('November 23, 2026 at 12:00 PM');
    expect(world.reminderIndex.all()[0]?.at).toBe(NINE + hours(8));
  });

  it('leaves what repeats on its clock, and says so', async () => {
    await says('remind me every day at 9am to stretch');
    const before = world.reminderIndex.all();
    expect((await says('timezone Tokyo')).text).toContain('keep the clock they were made by (Europe/Berlin)');
    expect(world.reminderIndex.all()).toEqual(before);
    expect((await says('reminders')).text).toContain('by the clock of Europe/Berlin');
  });

  it('that is none is answered with those that are like it', async () => {
    expect((await says('timezone Berln')).suggestions).toContain('timezone Europe/Berlin');
    expect((await says('timezone qqqqqqqq')).text).toContain('timezone Berlin');
    expect((await says('timezone')).text).toContain('Europe/Berlin');
  });
});

describe('what is understood in part', () => {
  it('is asked about, and nothing is set', async () => {
    for (const [text, question] of [
      ['remind me on 5/6 to call Ann', 'Is that May 6 or June 5?'],
      ['remind me at 9am IST to call Ann', 'Whose clock is meant, that of Asia/Kolkata or'],
      ['remind me on friday every hour to stretch', 'I am not sure of the rest'],
      ['remind me @bob to call Ann tomorrow', 'I remind only whoever asks me'],
    ] as const)
      expect((await says(text)).text).toContain(question);
    expect((await says('reminders')).text).toContain('You have no reminders');
  });

  it('follows the locale of the person: how they write dates, and their language', async () => {
    const british = await says('remind me on 5/6 to call Ann', undefined, 'en-GB');
    expect(british.text).toContain('5 June 2027');
    const german = await says('remind me am 5.6. um 9 Uhr an den Zahnarzt', undefined, 'de-DE');
    expect(german.text).toContain('5. Juni 2027');
    expect(german.text).toContain('den Zahnarzt');
  });
});
