import { beforeEach, describe, expect, it } from 'vitest';
import { answer } from '../../shared/chat/answer.ts';
import { quietCommands } from '../../shared/chat/commands/quiet/quiet-commands.ts';
import { timezone } from '../../shared/chat/commands/timezone.ts';
import { findPersonZone } from '../../shared/chat/person-zone.ts';
import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { seconds } from '../../shared/domain/time.ts';
import { reminderCommands } from '../../shared/kinds/reminders/commands/commands.ts';
import { wordsFor } from '../../shared/locale/words.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { tripBook } from '../support/trip.ts';
import { aWorld } from '../support/world.ts';

let chat: ReturnType<typeof aChat>;
let hears: (text: string, locale?: string) => Promise<string>;

beforeEach(async () => {
  const world = aWorld();
  const personZone = findPersonZone({ ...world, defaultTimeZone: 'Europe/Berlin' });
  const deps = { ...world, personZone, releaseDeferred: world.release };
  chat = aChat({
    world,
    more: {
      answer: answer({
        ...world,
        defaultTimeZone: 'Europe/Berlin',
        dialogs: tripBook.names,
        commands: [...reminderCommands(deps), ...quietCommands(deps), timezone(deps)],
      }),
    },
  });
  hears = (text, locale = 'de-DE') => chat.hears(text, { locale });
  await chat.says('hello', { locale: 'de-DE' });
});

/** An event for everybody arrives, and everything that follows from it is done. */
async function publishes(data: JsonObject, type = 'notification.requested'): Promise<void> {
  await chat.world.publish(anEvent({ type, data: { to: { everyone: true }, ...data } }));
  await chat.world.run();
}

/** Every text of the last card, its buttons' titles among them. */
function card(): string {
  return JSON.stringify(chat.replies.at(-1)?.attachments?.[0]?.content);
}

describe('somebody who reads German', () => {
  it('is greeted in German', () => {
    expect(chat.replies[0]?.text).toBe(
      'Hallo Ana, schön, dich kennenzulernen! Ich weiß jetzt, wo ich dich erreiche, und sage dir hier Bescheid, wenn etwas passiert. Schreib **hilfe**, um zu sehen, was ich verstehe.',
    );
  });

  it('reads what each command does in German, and the command itself as it is said', async () => {
    const help = await hears('help');
    expect(help).toContain('themen \u00b7 abonniere \u00b7 abbestellen \u00b7 abos');
    const one = await hears('hilfe abonniere');
    expect(one).toContain('Bringt in diesen Chat, was zu einem Thema passiert.');
    expect(one).toContain('- **abonniere \\<thema\\>**');
    for (const summary of Object.values(wordsFor('en').commands)) expect(help).not.toContain(summary);
  });

  it('subscribes, and sees where things stand', async () => {
    expect(await hears('subscribe Builds')).toBe(
      'Erledigt. Ich sage dir hier Bescheid, was bei **builds** passiert.',
    );
    expect(await hears('subscribe builds')).toBe('Du hast **builds** schon abonniert.');
    expect(await hears('subscribe a//b')).toContain('Ein Thema besteht aus Abschnitten');
    const status = await hears('status');
    for (const line of ['Abos: **1**', 'Stummgeschaltet: **nichts**', 'Ruhezeit: **keine**'])
      expect(status).toContain(line);
    expect(await hears('subscrib builds')).toContain('Meinst du **subscribe builds**');
  });

  it('sets a reminder, and reads the time as it is written in German', async () => {
    const set = await hears('remind me to call Ann tomorrow at 9am');
    expect(set).toContain('Erinnerung **1** ist gestellt: call Ann');
    expect(set).toContain('Dienstag, 24. November 2026 um 9:00 (in 23 Stunden)');
    expect(card()).toContain('Erinnerung löschen');
    expect(await hears('remind me to stretch every weekday at 8:50am')).toContain(
      'montags bis freitags um 8:50 Uhr',
    );
    expect(await hears('reminders')).toContain('Deine Erinnerungen (Zeiten in Europe/Berlin)');
    expect(card()).toContain('Anstehend');
    expect(await hears('remind me to call Ann on 30 February')).toContain('Den 30. Februar gibt es nicht.');
    expect(await hears('mute builds for 2 hours')).toContain('Ich halte **builds** und alles darunter');
  });

  it('is told in German what is left, when a command comes in between', async () => {
    await hears('book travel');
    expect(await hears('book travel')).toContain('Wir sind mitten in deiner Reisebuchung');
    expect(await hears('cancel')).toBe('Die Reisebuchung ist abgebrochen; gebucht ist nichts.');
  });

  it('is interrupted, and led back, in German', async () => {
    await hears('book travel');
    await publishes({ text: 'Das Hotel ist billiger', delivery: { mode: 'interrupt' } });
    expect(chat.sees().at(-1)).toMatch(
      /^Das Hotel ist billiger\n\n\*Kurz zu etwas anderem\.\* Schreib \*\*erledigt\*\*, .* mit deiner Reisebuchung weiter\.\n?/,
    );
    chat.world.clock.advance(seconds(60));
    expect(await hears('fertig')).toBe('Alles klar. Zurück zu deiner Reisebuchung.\nWohin möchtest du?');
  });

  it('is told in German what a notification has replaced', async () => {
    await hears('book travel');
    await publishes({ text: 'Sofort', delivery: { mode: 'replace' } });
    expect(chat.sees().at(-1)).toContain(
      'Sofort\n\n*Ich habe deine Reisebuchung unterbrochen, um dir das zu sagen. Deine Antworten bleiben einen Tag.*',
    );
  });

  it('answers a survey, and sees the choice noted in German', async () => {
    await publishes(
      { question: 'Wie war es?', choices: ['Gut', 'Schlecht'], replyTo: 'outcomes' },
      'survey.requested',
    );
    expect(chat.sees().at(-1)).toBe('Wie war es?\n\nWähle eins:');
    chat.world.clock.advance(seconds(60));
    expect(await hears('gut')).toBe('Danke. Ich habe **Gut** notiert.');
  });

  it('gets a build in German, and why', async () => {
    await hears('subscribe builds');
    await publishes({ pipeline: 'web', number: 7, status: 'failed' }, 'build.finished');
    const shown = JSON.stringify(chat.world.channel.shown.at(-1)?.message);
    for (const text of ['Build web #7 fehlgeschlagen', 'Du bekommst das, weil du', 'Abbestellen'])
      expect(shown).toContain(text);
  });
});

it('each message is answered in the language in which it comes', async () => {
  expect(await hears('subscriptions', 'en-US')).toContain('You have no subscriptions yet.');
  expect(await hears('subscriptions', 'de-AT')).toContain('Du hast noch nichts abonniert.');
  expect(await hears('subscriptions', 'fr-FR')).toContain('You have no subscriptions yet.');
});

it('whoever reads a language that is not spoken here gets times in the language of the sentence', async () => {
  expect(await hears('remind me to call Ann tomorrow at 9am', 'fr-FR')).toContain(
    'Tuesday, November 24, 2026 at 9:00 AM',
  );
});
