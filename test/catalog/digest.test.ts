import { describe, expect, it } from 'vitest';
import { type DigestMember, digest, digestData, linkOf, textOf } from '../../shared/catalog/digest.ts';
import { aNotification } from '../support/builders.ts';

const reader = { locale: 'en-GB', timeZone: 'Europe/Berlin' };

function members(count: number, fields: Partial<DigestMember> = {}): readonly DigestMember[] {
  return Array.from({ length: count }, (_, index) => ({
    notification: aNotification().id,
    kind: 'Notification',
    text: `text ${index}`,
    at: Date.UTC(2026, 10, 23, 9, index),
    ...fields,
  }));
}

const rendered = (data: ReturnType<typeof digestData>) => digest.render(data, reader);
const roomy = { mostBytes: 100 * 1024, reader };

describe('the card of a digest', () => {
  it('says why, how many, of which kinds, and the text and time of each in order', () => {
    const [one, two] = members(2);
    if (one === undefined || two === undefined) throw new Error('two are there');
    const content = rendered(
      digestData('quiet-hours', [one, { ...two, kind: 'Build finished' }, one], roomy),
    );
    const card = JSON.stringify(content.card);
    expect(card).toContain('During your quiet hours: 3 notifications');
    expect(card).toContain('2 × Notification · 1 × Build finished');
    expect(card).toContain('Build finished · 10:01');
    expect(content.summary).toBe('During your quiet hours: 3 notifications\n• text 0\n• text 1\n• text 0');
  });

  it('names no kinds when there is one, and days when there are several', () => {
    const [one] = members(1);
    if (one === undefined) throw new Error('one is there');
    const content = rendered(digestData('burst', [one, { ...one, at: one.at - 86_400_000 }], roomy));
    const card = JSON.stringify(content.card);
    expect(card).not.toContain('×');
    expect(card).toMatch(/Mon.*23 Nov.*10:00/);
    expect(card).toMatch(/Sun.*22 Nov.*10:00/);
  });

  it('shows the newest twenty and counts the rest', () => {
    const content = rendered(digestData('waiting', members(25), roomy));
    expect(content.summary).toContain('While you were booking: 25 notifications');
    expect(content.summary).toMatch(/• text 19\nand 5 more$/);
    expect(JSON.stringify(content.card)).toContain('"and 5 more"');
  });

  it.each([
    ['long', 'word '.repeat(2000)],
    ['of three bytes a character', '長'.repeat(10_000)],
    ['of pairs of surrogates', '🎉'.repeat(10_000)],
    ['all escapes', '"\\\u0001'.repeat(5000)],
  ])('fits the channel when texts are %s', (_what, text) => {
    const mostBytes = 28 * 1024;
    const content = rendered(digestData('mixed', members(99, { text }), { mostBytes, reader }));
    expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThan(mostBytes);
    expect(content.summary?.isWellFormed()).toBe(true);
    expect(content.summary).toContain('…');
  });

  it('is in English for a locale that is none', () => {
    const content = digest.render(digestData('burst', members(2), roomy), { ...reader, locale: 'x' });
    expect(content.summary).toContain('A lot at once');
  });
});

describe('the link of a notification in a list', () => {
  it('is the first button of its card that opens a page, and cannot break out of the list', () => {
    const action = { type: 'Action.OpenUrl', title: 'Open [it]', url: 'https://x.example/a b(c)' };
    const card = { type: 'AdaptiveCard', actions: [{ type: 'Action.Submit', title: 'no' }, action] };
    const link = linkOf({ card }, 'en');
    expect(link).toEqual({ title: 'Open [it]', url: action.url });
    if (link === undefined) return;
    const shown = JSON.stringify(rendered(digestData('burst', members(2, { link }), roomy)).card);
    expect(shown).toContain('[Open \\\\[it\\\\]](https://x.example/a%20b%28c%29)');
    expect(linkOf({ card: { type: 'AdaptiveCard', actions: 'none' } }, 'en')).toBeUndefined();
    expect(linkOf({ text: 'no card' }, 'en')).toBeUndefined();
  });
});

describe('the text of a notification in a list', () => {
  it('is its text, else its summary, else what its card says first, else its kind', () => {
    const card = {
      type: 'AdaptiveCard',
      body: [{ type: 'Container', items: [{ type: 'TextBlock', text: 'in card' }] }],
    };
    expect(textOf({ text: 'text', summary: 'summary', card }, 'Kind')).toBe('text');
    expect(textOf({ summary: 'summary', card }, 'Kind')).toBe('summary');
    expect(textOf({ card }, 'Kind')).toBe('in card');
    expect(textOf({ card: { type: 'AdaptiveCard', body: [] } }, 'Kind')).toBe('Kind');
  });
});
