import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../shared/domain/conversation/reply.ts';
import type { TurnState } from '../../../shared/domain/conversation/turn-state.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { TurnUnderWay, takeTurn } from '../../../shared/use-cases/conversation/take-turn.ts';
import { aConversationKey } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { inMemoryStores } from '../../support/fakes/stores/in-memory-stores.ts';
import { Watch } from '../../support/fakes/watch.ts';

const away = new StoreUnavailable('a test', new Error('503'));
class Crash extends Error {}

function aDesk() {
  const clock = new FakeClock();
  const log = new RecordingLog();
  const watch = new Watch();
  const { turns } = inMemoryStores({ clock });
  const place = { conversation: aConversationKey() };
  const said: string[] = [];
  let thoughts = 0;
  let waited = 0;
  const take = takeTurn({
    turns: watch.over('turns', turns),
    clock,
    log,
    wait: async (delay) => {
      waited += delay;
      clock.advance(delay);
    },
  });
  const turn = (
    id: string,
    texts: readonly string[],
    more: {
      say?: (reply: Reply) => Promise<'said' | 'refused'>;
      change?: (state: TurnState) => TurnState;
      press?: string;
    } = {},
  ) =>
    take({
      place,
      id,
      at: clock.now(),
      ...(more.press === undefined
        ? {}
        : { press: { key: more.press, answeredBefore: { text: 'answered before' } } }),
      think: async ({ state }) => {
        thoughts += 1;
        return {
          state: more.change?.(state) ?? { ...state, spokeAt: clock.now() },
          replies: texts.map((text) => ({ text })),
        };
      },
      say: async (reply) => {
        const outcome = (await more.say?.(reply)) ?? 'said';
        if (outcome === 'said') said.push(reply.text);
        return outcome;
      },
      sayAgain: { text: 'please say that again' },
    });
  return {
    clock,
    log,
    watch,
    turns,
    place,
    said,
    turn,
    thoughts: () => thoughts,
    waited: () => waited,
  };
}

describe('a turn', () => {
  it('is thought once and said once, however often its activity comes', async () => {
    const desk = aDesk();
    expect(await desk.turn('a', ['one', 'two'])).toEqual({ kind: 'decided', said: 2 });
    expect(await desk.turn('a', ['one', 'two'])).toEqual({ kind: 'repeated', said: 0 });
    expect([desk.said, desk.thoughts()]).toEqual([['one', 'two'], 1]);
    // The turn itself, and a tick for each reply.
    expect(desk.watch.count('turns.saveTurns')).toBe(3);
  });

  it('keeps what it says until it has said it, and nothing longer', async () => {
    const desk = aDesk();
    await desk.turn('a', ['one', 'two'], {
      say: async () => {
        const { state } = await desk.turns.loadTurns(desk.place);
        expect(state.turns[0]?.replies.map(({ text }) => text)).toEqual(['one', 'two']);
        return 'said';
      },
    });
    const { state } = await desk.turns.loadTurns(desk.place);
    expect(state.turns).toEqual([{ id: 'a', at: desk.clock.now(), replies: [], said: 2 }]);
  });

  it('that is a press whose process died is gone on with by a repeat of the press, under any id', async () => {
    const desk = aDesk();
    const dies = async ({ text }: Reply) => {
      if (text === 'two') throw new Crash();
      return 'said' as const;
    };
    await expect(desk.turn('a', ['one', 'two'], { say: dies, press: 'p' })).rejects.toThrow(Crash);
    expect(await desk.turn('b', ['one', 'two'], { press: 'p' })).toEqual({ kind: 'repeated', said: 0 });
    desk.clock.advance(seconds(30));
    expect(await desk.turn('c', ['one', 'two'], { press: 'p' })).toEqual({ kind: 'repeated', said: 1 });
    expect([desk.said, desk.thoughts(), desk.waited()]).toEqual([['one', 'two'], 1, 0]);
    const { state } = await desk.turns.loadTurns(desk.place);
    expect(state.turns).toMatchObject([{ id: 'a', press: 'p', replies: [], said: 2 }]);
  });

  it.each([
    [4, true, 'repeated', []],
    [5, true, 'repeated', ['answered before']],
    [4, false, 'repeated', ['answered before']],
    [89, true, 'repeated', ['answered before']],
    [90, true, 'decided', ['one']],
  ])('that is a press comes again after %d s (last turn: %s): %s', async (after, isLast, kind, news) => {
    const desk = aDesk();
    await desk.turn('a', ['one'], { press: 'p' });
    if (!isLast) await desk.turn('b', ['other'], { press: 'q' });
    desk.said.length = 0;
    desk.clock.advance(seconds(after));
    expect((await desk.turn('c', ['one'], { press: 'p' })).kind).toBe(kind);
    expect(desk.said).toEqual(news);
  });

  it('whose process died between two replies goes on with the second', async () => {
    const desk = aDesk();
    const dies = async ({ text }: Reply) => {
      if (text === 'two') throw new Crash();
      return 'said' as const;
    };
    await expect(desk.turn('a', ['one', 'two', 'three'], { say: dies })).rejects.toThrow(Crash);
    desk.clock.advance(seconds(30));
    expect(await desk.turn('a', ['one', 'two', 'three'])).toEqual({ kind: 'repeated', said: 2 });
    expect([desk.said, desk.thoughts()]).toEqual([['one', 'two', 'three'], 1]);
  });

  it('whose process stood still is said on by its repeat alone', async () => {
    const desk = aDesk();
    let stalls = 1;
    const taken = await desk.turn('a', ['one', 'two', 'three'], {
      say: async ({ text }) => {
        if (text !== 'one' || stalls-- <= 0) return 'said';
        desk.clock.advance(seconds(21));
        expect(await desk.turn('a', ['one', 'two', 'three'])).toEqual({ kind: 'repeated', said: 3 });
        return 'said';
      },
    });
    // The one that was being said when it stood still is said twice: nobody can know.
    expect(desk.said).toEqual(['one', 'two', 'three', 'one']);
    expect(taken).toEqual({ kind: 'decided', said: 1 });
  });

  it('whose process stood still goes on where nobody took it over', async () => {
    const desk = aDesk();
    const taken = await desk.turn('a', ['one', 'two'], {
      say: async () => {
        desk.clock.advance(seconds(21));
        return 'said';
      },
    });
    expect([desk.said, taken]).toEqual([['one', 'two'], { kind: 'decided', said: 2 }]);
    expect((await desk.turns.loadTurns(desk.place)).state.turns).toMatchObject([{ replies: [], said: 2 }]);
  });

  it('that a machine with a wrong clock was saying is said on', async () => {
    const desk = aDesk();
    const replies = [{ text: 'one' }];
    const sayingUntil = desk.clock.now() + minutes(60 * 24 * 365);
    const turns = [{ id: 'a', at: desk.clock.now(), replies, said: 0, sayingUntil }];
    await desk.turns.saveTurns(desk.place, { interruptions: [], seen: [], spokeAt: 0, turns }, undefined);
    expect(await desk.turn('a', ['one'])).toEqual({ kind: 'repeated', said: 1 });
    expect(desk.waited()).toBe(0);
  });

  it('that is still being said is not said by a repeat, which waits for it', async () => {
    const desk = aDesk();
    await desk.turn('a', ['one'], {
      say: async () => {
        await expect(desk.turn('a', ['one'])).rejects.toThrow(TurnUnderWay);
        return 'said';
      },
    });
    expect(desk.said).toEqual(['one']);
    expect(desk.waited()).toBe(seconds(5));
  });

  it('whose repeat comes after it was said while it waited has nothing left to say', async () => {
    const desk = aDesk();
    let repeat: Promise<unknown> | undefined;
    await desk.turn('a', ['one'], {
      say: async () => {
        repeat = desk.turn('a', ['one']);
        return 'said';
      },
    });
    expect(await repeat).toEqual({ kind: 'repeated', said: 0 });
    expect(desk.said).toEqual(['one']);
  });

  it('of a process that died says what is left before the next answer, unless it is stale', async () => {
    const desk = aDesk();
    const dies = async () => {
      throw new Crash();
    };
    await expect(desk.turn('a', ['when?'], { say: dies })).rejects.toThrow(Crash);
    desk.clock.advance(minutes(1));
    await desk.turn('b', ['thanks']);
    expect(desk.said).toEqual(['when?', 'thanks']);
    await expect(desk.turn('c', ['old news'], { say: dies })).rejects.toThrow(Crash);
    desk.clock.advance(minutes(11));
    await desk.turn('d', ['hello']);
    expect(desk.said).toEqual(['when?', 'thanks', 'hello']);
    expect(await desk.turn('c', ['old news'])).toEqual({ kind: 'repeated', said: 0 });
  });

  it('that somebody else was faster than is thought again on what they wrote', async () => {
    const desk = aDesk();
    const seen: number[] = [];
    let others = 0;
    await desk.turn('a', ['one'], {
      change: (state) => {
        seen.push(state.spokeAt);
        if (others === 0) {
          others += 1;
          void desk.turns.saveTurns(desk.place, { ...state, spokeAt: 77 });
        }
        return { ...state, spokeAt: state.spokeAt + 1 };
      },
    });
    expect(seen).toEqual([0, 77]);
    expect((await desk.turns.loadTurns(desk.place)).state.spokeAt).toBe(78);
    expect(desk.said).toEqual(['one']);
  });

  it('that loses every race asks for it once more, and changes nothing', async () => {
    const desk = aDesk();
    let tag: string | undefined;
    const result = await desk.turn('a', ['one'], {
      change: (state) => {
        // The fake saves before it gives control back.
        void desk.turns.saveTurns(desk.place, { ...state, spokeAt: state.spokeAt + 1 }, tag);
        tag = String(Number(tag ?? '0') + 1);
        return state;
      },
    });
    expect(result).toEqual({ kind: 'gave-up', said: 1 });
    expect(desk.said).toEqual(['please say that again']);
    expect(desk.log.of('turn.gave-up').length).toBe(1);
    expect((await desk.turns.loadTurns(desk.place)).state.turns).toEqual([]);
  });

  it('that cannot be stored says nothing and comes again', async () => {
    const desk = aDesk();
    desk.watch.failNext('turns.saveTurns', { error: away, when: 'before' });
    await expect(desk.turn('a', ['one'])).rejects.toThrow(StoreUnavailable);
    expect(desk.said).toEqual([]);
    expect(await desk.turn('a', ['one'])).toEqual({ kind: 'decided', said: 1 });
  });

  it('whose replies cannot be ticked off says all of them all the same', async () => {
    const desk = aDesk();
    await desk.turn('a', ['one', 'two'], {
      say: async () => {
        desk.watch.failNext('turns.saveTurns', { error: away, when: 'before' });
        return 'said';
      },
    });
    expect(desk.said).toEqual(['one', 'two']);
    expect(desk.log.of('turn.unticked').length).toBe(2);
  });

  it('whose reply the channel refuses says no more of it', async () => {
    const desk = aDesk();
    expect(await desk.turn('a', ['one', 'two'], { say: async () => 'refused' })).toEqual({
      kind: 'decided',
      said: 0,
    });
    expect(await desk.turn('a', ['one', 'two'])).toEqual({ kind: 'repeated', said: 0 });
  });

  it('that changes and says nothing stores nothing', async () => {
    const desk = aDesk();
    await desk.turn('a', [], { change: (state) => state });
    expect(desk.watch.count('turns.saveTurns')).toBe(0);
  });
});
