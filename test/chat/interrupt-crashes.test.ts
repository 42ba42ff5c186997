import { describe, expect, it } from 'vitest';
import { notificationId } from '../../shared/domain/ids.ts';
import { hours, seconds } from '../../shared/domain/time.ts';
import { StoreUnavailable } from '../../shared/ports/store-errors.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { Crash } from '../support/world.ts';

const away = new StoreUnavailable('a test', new Error('503'));
/** More calls than a delivery makes. */
const STEPS = 24;
/** Which of them is the request to the channel. */
const REQUEST = 7;

/** A survey into a running booking, with one fault at the given call of any port. */
async function surveyWith(
  mode: 'interrupt' | 'replace',
  onUnconfirmed: 'resend' | 'park',
  fault: { readonly call: number; readonly error: Error; readonly when: 'before' | 'after' },
) {
  const chat = aChat();
  for (const text of ['hello', 'book travel', 'London']) await chat.says(text);
  const { world, key } = chat;
  world.clock.advance(seconds(5));
  const before = chat.sees().length;
  const event = anEvent({
    type: 'survey.requested',
    data: {
      to: { conversation: key },
      question: 'How was it?',
      choices: ['Great', 'Poor'],
      delivery: { mode, onUnconfirmed },
    },
  });
  await world.publish(event);
  const first = world.watch.calls.length;
  world.watch.failCall(first + fault.call, fault);
  await world.run(world.clock.now() + hours(1));
  return {
    chat,
    seen: chat.sees().slice(before),
    result: await world.ledger.findOutcome({
      notification: notificationId(event.source, event.id),
      conversation: key,
    }),
    /** The call that failed. */
    at: world.watch.calls[first + fault.call],
  };
}

const faults = Array.from({ length: STEPS }, (_, call) => call).flatMap((call) =>
  (['before', 'after'] as const).flatMap((when) => [
    { call, when, name: `dies ${when} call ${call}`, error: new Crash() },
    // The channel is no store.
    ...(call === REQUEST ? [] : [{ call, when, name: `has no store ${when} call ${call}`, error: away }]),
  ]),
);

describe.each(['resend', 'park'] as const)('an interruption under %s whose worker', (policy) => {
  it.each(faults)('$name is asked, and gives the booking back', async (fault) => {
    const { chat, seen, result } = await surveyWith('interrupt', policy, fault);
    expect(seen.length).toBeLessThanOrEqual(policy === 'park' ? 1 : 2);
    expect(seen.every((text) => text.startsWith('How was it?\n'))).toBe(true);
    // Whoever is asked a second time is asked the same, and knows the two for one.
    expect(new Set(seen).size).toBeLessThanOrEqual(1);
    if (policy === 'resend') expect(result?.outcome).toBe('delivered');
    if (result?.outcome === 'delivered') expect(seen.length).toBeGreaterThan(0);
    const { interruptions, dialog } = await chat.state();
    expect(dialog?.prompt.text).toBe('When do you leave for London?');
    if (interruptions.length === 0) {
      // Its worker died before it came to that, and may not try again.
      expect([policy, seen, result?.outcome]).toEqual(['park', [], 'unconfirmed']);
      return;
    }
    chat.world.clock.advance(seconds(5));
    expect(await chat.hears('poor')).toBe(
      'Thank you. I noted **Poor**. Back to your travel booking.\nWhen do you leave for London?',
    );
    expect((await chat.state()).interruptions).toEqual([]);
  });

  it('is shown a second time only where nobody could know of the first', async () => {
    const twice = new Set<string>();
    for (const fault of faults) {
      const { seen, at } = await surveyWith('interrupt', policy, fault);
      if (seen.length === 2) twice.add(`${fault.error.name} ${fault.when} ${at?.port}.${at?.method}`);
    }
    expect([...twice]).toEqual(policy === 'park' ? [] : EXPECTED);
  });
});

/** The request was made, and its worker died before it was written down that the person has seen it. */
const EXPECTED = [
  'Error after messenger.sendActivity',
  'Error before turns.loadTurns',
  'Error after turns.loadTurns',
  'Error before turns.saveTurns',
];

describe.each(['resend', 'park'] as const)('a replacement under %s whose worker', (policy) => {
  it.each(faults)('$name says what it cancelled', async (fault) => {
    const { chat, seen, result } = await surveyWith('replace', policy, fault);
    expect(result).toBeDefined();
    expect(seen.length).toBeLessThanOrEqual(policy === 'park' ? 1 : 2);
    for (const text of seen) expect(text).toContain('I left your travel booking');
    if (seen.length === 0) return;
    expect((await chat.state()).dialog).toBeUndefined();
    expect(await chat.hears('resume booking')).toBe(
      'Back to your travel booking.\nWhen do you leave for London?',
    );
  });
});
