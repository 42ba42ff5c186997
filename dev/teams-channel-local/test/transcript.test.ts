import { describe, expect, it } from 'vitest';
import { ShownCounts } from '../transcript/shown-counts.ts';
import { Transcript } from '../transcript/transcript.ts';

function filled(count: number): Transcript {
  const transcript = new Transcript(() => {});
  for (let i = 1; i <= count; i++) show(transcript, String(i));
  return transcript;
}

function show(transcript: Transcript, id: string, role: 'user' | 'bot' = 'bot') {
  return transcript.show({
    id,
    at: 0,
    from: { id: role, name: role, role },
    activity: { type: 'message', text: id },
  });
}

describe('a transcript', () => {
  it('replays the last five hundred messages', () => {
    const replayed = filled(700).since(0);
    expect([replayed.length, replayed[0]?.id, replayed.at(-1)?.id]).toEqual([500, '201', '700']);
  });

  it('forgets the oldest beyond five thousand, and still counts them', () => {
    const transcript = filled(5010);
    expect([transcript.entries().length, transcript.entries()[0]?.id]).toEqual([5000, '11']);
    expect(transcript.shownByBot).toBe(5010);
  });

  it('gives everything to a page that has seen more than there is: the channel has forgotten', () => {
    expect(filled(3).since(99)).toHaveLength(3);
    expect(filled(3).since(3)).toEqual([]);
  });

  it('gives a message that was changed, not those between', () => {
    const transcript = filled(5);
    transcript.revise('2', { updatedAt: 1 });
    expect(transcript.since(5).map((entry) => entry.id)).toEqual(['2']);
    expect(transcript.entries().map((entry) => entry.id)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('moves a message that is said again to the end', () => {
    const transcript = filled(2);
    show(transcript, '1', 'user');
    expect(transcript.entries().map((entry) => entry.id)).toEqual(['2', '1']);
  });

  it('comes back in the same order, with the same versions', () => {
    const kept = new Map();
    const first = new Transcript((entry) => kept.set(kept.size, entry));
    for (const id of ['1', '2', '3', '1']) show(first, id);
    first.revise('2', { isDeleted: true });
    const second = new Transcript(() => {});
    for (const entry of kept.values()) second.restore(entry);
    expect(second.entries()).toEqual(first.entries());
    expect(second.version).toBe(first.version);
    expect(show(second, '9').order).toBe(show(first, '9').order);
  });
});

describe('counts of what a crowd was shown', () => {
  it('know a repetition from a second text', () => {
    const counts = new ShownCounts();
    counts.add('a', 'x', 'h1');
    counts.add('a', 'y', 'h2');
    counts.add('b', 'x', 'h3');
    expect(counts.summary()).toEqual({ conversations: 2, shown: 3, repeated: 0 });
    counts.add('a', 'y', 'h4', 2);
    expect(counts.summary()).toEqual({ conversations: 2, shown: 5, repeated: 2 });
    expect([...counts.list('a')]).toEqual([{ conversation: 'a', texts: { x: 1, y: 3 }, last: 'h4' }]);
  });
});
