import { describe, expect, it } from 'vitest';
import { aChat } from '../support/chat.ts';
import { everyCommand } from '../support/every-command.ts';
import { aWorld } from '../support/world.ts';

/** Somebody who was greeted, and reads German where they are asked to. */
async function aPerson(locale: 'en-US' | 'de-DE') {
  const world = aWorld();
  const chat = aChat({ world, more: { answer: (await everyCommand(world)).answer } });
  const hears = (text: string) => chat.hears(text, { locale });
  await hears('hello');
  return { chat, hears };
}

describe('a request for a reminder in words of one’s own', () => {
  it.each([
    ['de-DE', 'kannst du mich morgen um 16 Uhr an Jo erinnern?', 'ist gestellt: Jo'],
    ['de-DE', 'stell mir eine Erinnerung für morgen 15 Uhr: Bank anrufen', 'ist gestellt: Bank anrufen'],
    ['de-DE', 'sag mir in 10 Minuten Bescheid', 'Woran soll ich dich erinnern?'],
    ['de-DE', 'erinnere @Ben morgen um 10 an das Treffen', 'Ich erinnere nur'],
    ['de-DE', 'erinnere uns morgen um 10 an das Treffen', 'ist gestellt: das Treffen'],
    ['en-US', "don't let me forget to call Sam tomorrow at 5pm", 'is set: call Sam'],
    ['en-US', 'i need to be reminded to buy eggs tomorrow at 6pm', 'is set: buy eggs'],
    ['en-US', 'ping me in 10 minutes', 'What shall I remind you of?'],
    ['en-US', 'remind @Ben tomorrow at 10 about the meeting', 'I remind only whoever asks'],
    ['en-US', 'remind #general to vote tomorrow at 9', 'I remind only whoever asks'],
    ['en-US', 'remind us tomorrow at 10 about the meeting', 'is set: the meeting'],
  ] as const)('%s %s', async (locale, text, answer) => {
    const { hears } = await aPerson(locale);
    expect(await hears(text)).toContain(answer);
  });

  it('keeps its time while it is asked what it is about', async () => {
    const { hears } = await aPerson('de-DE');
    await hears('sag mir in 10 Minuten Bescheid');
    expect(await hears('Tee')).toContain('ist gestellt: Tee');
  });
});

describe('a wish before an argument', () => {
  it.each([
    ['de-DE', 'ich möchte builds abonnieren', '**builds**'],
    ['de-DE', 'kannst du bitte builds abonnieren', '**builds**'],
    ['de-DE', 'keine ruhezeit', 'keine Ruhezeit'],
    ['de-DE', 'melde mich bei builds an', '**builds**'],
    ['en-US', 'sign me up for builds', '**builds**'],
    ['en-US', 'turn quiet hours off', 'no quiet hours'],
    ['en-US', 'set my time zone to Berlin', 'Europe/Berlin'],
  ] as const)('%s %s', async (locale, text, answer) => {
    const { hears } = await aPerson(locale);
    expect(await hears(text)).toContain(answer);
  });
});

describe('a question of a reply', () => {
  it('swallows no other command, complete or not', async () => {
    const { hears } = await aPerson('en-US');
    expect(await hears('done')).toContain('Which one?');
    expect(await hears('subscribe')).not.toContain('Which one?');
    expect(await hears('builds')).toContain('**builds**');
  });

  it('is asked once more, and then lets go', async () => {
    const { hears } = await aPerson('en-US');
    expect(await hears('done')).toContain('Which one?');
    expect(await hears('the blue one')).toContain('Which one?');
    expect(await hears('the blue one')).toContain('did not understand');
    expect(await hears('7')).toContain('did not understand');
  });
});

describe('a near miss', () => {
  it('is offered alone where nothing else is as near, so that a yes does it', async () => {
    const { hears } = await aPerson('en-US');
    expect(await hears('subscibe builds')).toContain('Did you mean **subscribe builds**?');
    expect(await hears('yes')).toContain('I will tell you here what happens on **builds**');
  });
});
