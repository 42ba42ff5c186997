import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../shared/catalog/entry.ts';
import { faultsOfCard } from '../../shared/catalog/safety.ts';
import { messageLimit, weightOf } from '../../shared/domain/delivery/channel-limits.ts';
import { catalog, entries, entryOf } from '../../shared/kinds/catalog.ts';
import { checkEvent } from '../../shared/use-cases/intake/check-event.ts';
import { unknownFields } from '../../shared/use-cases/intake/unknown-fields.ts';

const reader = { locale: 'en', timeZone: 'UTC' };

describe.each(entries.map((entry) => [entry.type, entry] as const))('the kind %s', (type, entry) => {
  it('is found by its type, accepts its own example and shows something that fits every channel', () => {
    expect(entryOf(type)).toBe(entry);
    expect(entry.plan(entry.example)).toMatchObject({ ok: true });
    const content = entry.render(entry.example, reader);
    expect(content.text ?? content.card).toBeDefined();
    const teams = messageLimit('msteams');
    expect(weightOf(content, teams)).toBeLessThan(teams.most);
  });

  it('shows no card that asks the bot for more than people can say', () => {
    const { card } = entry.render(entry.example, reader);
    const withoutCommands = JSON.stringify(card, (name, value: unknown) =>
      name === 'notifier' ? undefined : value,
    );
    expect(card === undefined ? [] : faultsOfCard(JSON.parse(withoutCommands), 'card')).toEqual([]);
  });

  it('names the fields that its events may have, its example’s and "delivery" among them', () => {
    if (entry.internal === true) return;
    expect(fieldsOf(entry)).toEqual(expect.arrayContaining([...Object.keys(entry.example), 'delivery']));
    expect(unknownFields(entry, { ...entry.example, delivery: {} })).toEqual([]);
    expect(unknownFields(entry, { ...entry.example, txet: 1, delivery: {} })).toEqual(['txet']);
  });

  it('survives any data, and shows whatever it accepts', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (noise) => {
        const mixed = { ...entry.example, ...noise };
        if (entry.plan(mixed).ok) entry.render(mixed, reader);
        entry.plan(noise);
      }),
    );
  });
});

describe('notification.requested', () => {
  const check = (data: object) =>
    checkEvent(
      { specversion: '1.0', type: 'notification.requested', source: 's', id: '1', data },
      { at: 0 },
      catalog,
    );

  it('has the delivery that the contract names by default', () => {
    const checked = check({ to: { everyone: true }, text: 'x' });
    expect(checked.ok && checked.notification.delivery).toEqual({
      mode: 'wait',
      maxWait: 600_000,
      onDeadline: 'deliver',
      urgent: false,
      onUnconfirmed: 'resend',
    });
  });

  it('takes one recipient or a list of every kind', () => {
    const to = [
      { conversation: 'k' },
      { user: 'u' },
      { user: 'u', channel: 'telegram' },
      { topic: 'Builds' },
      { everyone: true },
    ];
    const checked = check({ to, text: 'x' });
    expect(checked.ok && checked.notification.to).toEqual([
      { conversation: 'k' },
      { user: 'u' },
      { user: 'u', channel: 'telegram' },
      { topic: 'builds' },
      { everyone: true },
    ]);
  });

  it.each([
    ['data.to', { text: 'x' }],
    ['data.to', { to: [], text: 'x' }],
    ['data.to', { to: { everyone: false }, text: 'x' }],
    ['data.to', { to: { user: 'a', topic: 'b' }, text: 'x' }],
    ['data.to.channel', { to: { user: 'a', channel: '' }, text: 'x' }],
    ['data.to.channel', { to: { user: 'a', channel: 'telegramm' }, text: 'x' }],
    ['data.to[1].channel', { to: [{ user: 'a' }, { user: 'a', channel: 'teams' }], text: 'x' }],
    ['data.except.channel', { to: { everyone: true }, except: { user: 'a', channel: 'teams' }, text: 'x' }],
    ['data.to', { to: { topic: 'a', channel: 'telegram' }, text: 'x' }],
    ['data', { to: { everyone: true } }],
    ['data.text', { to: { everyone: true }, text: '' }],
    ['data.card', { to: { everyone: true }, card: { type: 'Other' } }],
    ['data.to.user', { to: { user: 'a\ud800' }, text: 'x' }],
    ['data.delivery.mode', { to: { everyone: true }, text: 'x', delivery: { mode: 'now' } }],
    ['data.delivery.maxWait', { to: { everyone: true }, text: 'x', delivery: { maxWait: '10 minutes' } }],
    ['data.delivery.expiresAt', { to: { everyone: true }, text: 'x', delivery: { expiresAt: 'tomorrow' } }],
    ['data.delivery', { to: { everyone: true }, text: 'x', delivery: { urgnet: true } }],
  ])('names the fault in %s', (path, data) => {
    const checked = check(data);
    expect(checked.ok ? [] : checked.faults.map((fault) => fault.path)).toContain(path);
  });

  it.each(['telegram', 'Telegram', 'MSTEAMS', 'webchat', 'DirectLine', 'Twilio-SMS'])(
    'takes the channel %s, in letters of any case',
    (channel) => {
      const checked = check({ to: { user: 'u', channel }, text: 'x' });
      expect(checked.ok && checked.notification.to).toEqual([{ user: 'u', channel }]);
    },
  );

  it('names the channels that are known beside one that is not', () => {
    const checked = check({ to: { user: 'u', channel: 'teams' }, text: 'x' });
    const [fault] = checked.ok ? [] : checked.faults;
    expect(fault?.message).toMatch(/^must be a channel that is known: msteams, slack, .*, emulator/);
  });

  it('takes what some channel can show, and names the field that none can, the limit and what to do', () => {
    const to = { everyone: true };
    expect(check({ to, text: 'x'.repeat(90_000) }).ok).toBe(true);
    const most = 100 * 1024 - JSON.stringify({ to, text: '' }).length;
    expect(check({ to, text: 'x'.repeat(most) }).ok).toBe(true);
    const body = [{ type: 'TextBlock', text: 'x'.repeat(most) }];
    for (const [path, data] of [
      ['data.text', { to, text: 'x'.repeat(most + 1) }],
      ['data.card', { to, text: 'short', card: { type: 'AdaptiveCard', body } }],
      ['data', { to, text: 'x'.repeat(40_000), a: 'x'.repeat(40_000), b: 'x'.repeat(40_000) }],
    ] as const) {
      const checked = check(data);
      if (checked.ok) throw new Error(`${path} is too large`);
      expect(checked.reason).toBe('too-large');
      expect(checked.faults.map((fault) => fault.path)).toEqual([path]);
      expect(checked.faults[0]?.message).toMatch(
        /at most 102400 bytes.*Shorten it, or link to the long form$/,
      );
    }
  });

  it('leaves the text as it came', () => {
    const text = '  *Markdown* with\nlines & <tags>  ';
    expect(entryOf('notification.requested')?.render({ text }, reader)).toEqual({ text });
  });
});

describe('a text that nobody can see', () => {
  it.each(['', ' ', '\n\t ', '\u200b', '\u0000', ' \u2060\ufeff '])('is refused: %j', (text) => {
    const planned = entryOf('notification.requested')?.plan({ to: { everyone: true }, text });
    expect(planned).toMatchObject({ ok: false, faults: [{ path: 'data.text' }] });
  });

  it.each(['.', '\u{1f600}', '\u{1f468}\u200d\u{1f469}', ' a '])('is not this: %j', (text) => {
    const planned = entryOf('notification.requested')?.plan({ to: { everyone: true }, text });
    expect(planned).toMatchObject({ ok: true });
  });
});
