import { describe, expect, it } from 'vitest';
import { type DigestMember, digest } from '../../shared/catalog/digest.ts';
import { type Candidate, packDigest, type Room } from '../../shared/catalog/pack-digest.ts';
import { firstLink } from '../../shared/catalog/readable-text.ts';
import { messageLimit, weightOf } from '../../shared/domain/delivery/channel-limits.ts';
import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { aNotification } from '../support/builders.ts';
import { commandsOn } from '../support/reading.ts';
import { readIn } from '../use-cases/holding-back/cards-sent.ts';

const reader = { locale: 'en-GB', timeZone: 'Europe/Berlin' };

/** Oldest first. */
function members(count: number, fields: Partial<DigestMember> = {}): readonly Candidate[] {
  return Array.from({ length: count }, (_, index) => ({
    notification: aNotification().id,
    kind: 'Notification',
    text: `text ${index}`,
    at: Date.UTC(2026, 10, 23, 9, index),
    ...fields,
  }));
}

const teams: Room = {
  most: messageLimit('msteams').most,
  weigh: (content) => weightOf(content, messageLimit('msteams')),
};

function packed(
  reason: Parameters<typeof packDigest>[0],
  candidates: readonly Candidate[],
  room = teams,
): ReturnType<typeof packDigest> {
  const [oldest] = candidates;
  if (oldest === undefined) throw new Error('a digest has members');
  return packDigest(reason, candidates, { room, reader, needed: oldest.notification });
}

const id = aNotification().id;
const rendered = ({ data }: { readonly data: JsonObject }) => digest.render({ ...data, id }, reader);

describe('the card of a digest', () => {
  it('says why, how many, of which kinds, and the text and time of each in order', () => {
    const [one, two] = members(2);
    if (one === undefined || two === undefined) throw new Error('two are there');
    const content = rendered(packed('quiet-hours', [one, { ...two, kind: 'Build finished' }, one]));
    const card = JSON.stringify(content.card);
    expect(card).toContain('During your quiet hours: 3 notifications');
    expect(card).toContain('2 × Notification · 1 × Build finished');
    expect(card).toContain('Build finished · 10:01');
    expect(content.summary).toBe('During your quiet hours: 3 notifications\n• text 0\n• text 1\n• text 0');
  });

  it('says of each why it was held back where the reasons differ, and mutes what it is about', () => {
    const [one, two] = members(2, { topic: 'builds/web' });
    if (one === undefined || two === undefined) throw new Error('two are there');
    const { card } = rendered(
      packed('mixed', [
        { ...one, heldFor: 'burst' },
        { ...two, heldFor: 'quiet-hours' },
      ]),
    );
    const shown = JSON.stringify(card);
    expect(shown).toMatch(/10:00 \u00b7 many at once.*10:01 \u00b7 in your quiet hours/);
    expect(commandsOn(card)).toEqual(['mute builds/web for 1 hour']);
  });

  it('names no kinds when there is one, and days when there are several', () => {
    const [one] = members(1);
    if (one === undefined) throw new Error('one is there');
    const content = rendered(packed('burst', [{ ...one, at: one.at - 86_400_000 }, one]));
    const card = JSON.stringify(content.card);
    expect(card).not.toContain('×');
    expect(card).toMatch(/Mon.*23 Nov.*10:00/);
    expect(card).toMatch(/Sun.*22 Nov.*10:00/);
  });

  it('shows the text of each of fifty, and cuts long ones shorter the more there are', () => {
    const texts = readIn([{ message: rendered(packed('waiting', members(50))) }]);
    expect(texts.filter((text) => /^text/.test(text))).toEqual(
      Array.from({ length: 50 }, (_, index) => `text ${index}`),
    );
    const lengths = [7, 12, 50].map((count) => {
      const content = rendered(packed('waiting', members(count, { text: 'x'.repeat(5000) })));
      const shown = readIn([{ message: content }]).filter((text) => text.startsWith('xxx'));
      return [shown.length, ...new Set(shown.map((text) => text.length - 1))];
    });
    expect(lengths).toEqual([
      [7, 1000],
      [12, 600],
      [50, 300],
    ]);
  });

  it.each([
    ['long', 'word '.repeat(2000)],
    ['of three bytes a character', '長'.repeat(10_000)],
    ['of pairs of surrogates', '🎉'.repeat(10_000)],
    ['all escapes', '"\\\u0001'.repeat(5000)],
  ])('shows 300 characters of each that is in it, and fits the channel, when texts are %s', (_what, text) => {
    const { data, taken } = packed('mixed', members(50, { text }));
    const content = rendered({ data });
    expect(weightOf(content, messageLimit('msteams'))).toBeLessThan(80 * 1024);
    const begun = [...text].slice(0, 300).join('');
    const shown = readIn([{ message: content }]).filter((said) => said.startsWith(begun));
    expect(shown).toHaveLength(taken.length);
    expect(taken.length).toBeGreaterThanOrEqual(10);
    expect(shown.every((said) => said.isWellFormed() && said.endsWith('…'))).toBe(true);
    expect(JSON.stringify(content.card)).toContain(`show all ${id}`);
  });

  it('keeps the one that is needed when there is no room for all, and the oldest of the others', () => {
    const candidates = members(50, { text: '🎉'.repeat(400) });
    const needed = candidates.at(-1)?.notification ?? id;
    const { taken } = packDigest('burst', candidates, { room: teams, reader, needed });
    expect(taken.length).toBeLessThan(50);
    expect(taken[0]?.notification).toBe(needed);
    const rest = taken
      .slice(1)
      .map(({ notification }) => notification)
      .reverse();
    expect(rest).toEqual(candidates.slice(0, rest.length).map(({ notification }) => notification));
  });

  it('offers to show all where something is cut or was a card, and only there', () => {
    const [one, two] = members(2);
    if (one === undefined || two === undefined) throw new Error('two are there');
    expect(JSON.stringify(rendered(packed('burst', [one, two])))).not.toContain('show all');
    const withCard = rendered(packed('burst', [one, { ...two, hasMore: true }]));
    expect(JSON.stringify(withCard.card)).toContain(`"notifier":"show all ${id}"`);
  });

  it('that the former release formed is shown as it was, with those that it only counted', () => {
    const formed = {
      reason: 'burst',
      members: members(23).map(({ text, ...member }, place) => (place < 20 ? { ...member, text } : member)),
    };
    const content = digest.render(formed, reader);
    expect(readIn([{ message: content }]).filter((text) => /^text/.test(text))).toHaveLength(20);
    expect(JSON.stringify(content.card)).toContain('"and 3 more"');
  });

  it('holds what the former release asks for, which leaves out what it does not know', () => {
    // The schema of that release, as it stood.
    const { data } = packed('burst', members(12));
    const formed = data as { readonly reason: unknown; readonly members: readonly JsonObject[] };
    expect(formed.reason).toBe('burst');
    for (const member of formed.members) {
      expect(member).toMatchObject({
        notification: expect.stringMatching(/^[\w-]{43}$/),
        kind: expect.any(String),
        text: expect.any(String),
        at: expect.any(Number),
      });
    }
  });

  it('is in English for a locale that is none', () => {
    const { data } = packed('burst', members(2));
    expect(digest.render(data, { ...reader, locale: 'x' }).summary).toContain('A lot at once');
  });
});

describe('the link of a notification in a list', () => {
  it('is the first button of its card that opens a page, and cannot break out of the list', () => {
    const action = { type: 'Action.OpenUrl', title: 'Open [it]', url: 'https://x.example/a b(c)' };
    const card = { type: 'AdaptiveCard', actions: [{ type: 'Action.Submit', title: 'no' }, action] };
    const link = firstLink({ card }, 'Open');
    expect(link).toEqual({ title: 'Open [it]', url: action.url });
    if (link === undefined) return;
    const shown = JSON.stringify(rendered(packed('burst', members(2, { link }))).card);
    expect(shown).toContain('[Open \\\\[it\\\\]](https://x.example/a%20b%28c%29)');
    expect(firstLink({ card: { type: 'AdaptiveCard', actions: 'none' } }, 'Open')).toBeUndefined();
    expect(firstLink({ text: 'no card' }, 'Open')).toBeUndefined();
  });
});
