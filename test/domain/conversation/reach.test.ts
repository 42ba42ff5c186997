import { describe, expect, it } from 'vitest';
import {
  type MetIn,
  metIn,
  type Reach,
  reopened,
  toldIn,
  united,
  withChoice,
} from '../../../shared/domain/conversation/reach.ts';
import { conversationKey } from '../../../shared/domain/ids.ts';

const key = (id: string) => conversationKey('msteams', id);
const met = (id: string, fields: Partial<MetIn> = {}): MetIn => ({
  key: key(id),
  channelId: 'msteams',
  isCopilot: false,
  isInstalled: false,
  isOtherBot: false,
  ...fields,
});
const nobody: Reach = { channelId: 'msteams', places: [] };
const seen = (reach: Reach, ...sightings: readonly MetIn[]) => sightings.reduce(metIn, reach);
const sessions = (count: number) => Array.from({ length: count }, (_each, n) => met(`a:session-${n}`));

describe('personal conversations of one person', () => {
  it('are fifty at most: sessions that were met first go before where they are told and what they chose', () => {
    const chosen = withChoice(seen(nobody, met('a:default'), met('a:chosen')), key('a:chosen'));
    const reach = seen(chosen, ...sessions(60));
    const keys = reach.places.map((place) => place.key);
    expect(keys).toHaveLength(50);
    expect(keys.slice(0, 2)).toEqual([key('a:default'), key('a:chosen')]);
    expect(keys.slice(2)).toEqual(Array.from({ length: 48 }, (_each, n) => key(`a:session-${n + 12}`)));
    expect(toldIn(reach)?.key).toBe(key('a:chosen'));
  });

  it('are fifty at most where the channel opened another, and where two turn out to be one', () => {
    const reach = seen(nobody, met('a:default'), ...sessions(49));
    const opened = { key: key('a:new'), channelId: 'msteams' };
    const anew = reopened(reach, opened, (place) => place.key === key('a:default'));
    expect(anew.places).toHaveLength(50);
    // What is gone goes first.
    expect(anew.places.map((place) => place.key)).not.toContain(key('a:default'));
    expect(toldIn(anew)?.key).toBe(key('a:new'));
    const other = seen(nobody, met('a:other'), met('a:theirs'));
    const one = united(reach, other);
    expect(one.places).toHaveLength(50);
    expect(toldIn(one)?.key).toBe(key('a:default'));
  });
});
