import { type NotificationId, notificationId } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import {
  calledOff,
  type OutgoingMessage,
  type SendResult,
} from '../../../shared/ports/delivery/messenger.ts';
import { reopenDelivery } from '../../../shared/use-cases/upkeep/reopen-delivery.ts';
import type { Stores } from '../../contract/stores.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { notThere } from '../../support/fakes/scripted-messenger.ts';
import { inMemoryStores } from '../../support/fakes/stores/in-memory-stores.ts';
import { Interleaving } from '../../support/interleaving.ts';
import { textsOn } from '../../support/reading.ts';
import { aWorld, Crash, type World } from '../../support/world.ts';

/** Numbers that follow from a seed, so that a run that fails can be had again. */
export class Chance {
  #seed: number;

  constructor(seed: number) {
    this.#seed = (seed * 2654435761) >>> 0;
  }

  below(count: number): number {
    // The multiplier of Numerical Recipes; the upper bits are the good ones.
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#seed / 2 ** 32) * count);
  }

  is(percent: number): boolean {
    return this.below(100) < percent;
  }

  shuffled<Item>(items: readonly Item[]): readonly Item[] {
    const rest = [...items];
    return items.flatMap(() => rest.splice(this.below(rest.length), 1));
  }
}

const throttled: SendResult = { kind: 'failed', status: 429, code: 'Throttled', surelyNotSent: true };
const badGateway: SendResult = { kind: 'failed', status: 502, code: 'BadGateway', surelyNotSent: false };

/** What came of one run. */
export interface Run {
  /** The states in the order in which the channel showed them, alone or in a digest, whatever it answered. */
  readonly told: readonly number[];
  /** The state that each message has at the end. */
  readonly visible: readonly number[];
  /** Messages of which the app says that they may have been seen beside the one that it knows of. */
  readonly unknown: number;
  readonly newest: number;
  readonly outcomes: readonly (string | undefined)[];
}

/**
 * States of one key for one person, in any order, by up to three workers whose every step waits for its turn; the channel
 * fails, workers die at any of their steps, and calls come twice. `isMixed`: digests tell some of them, beside others'
 * messages, each is told as its own `onRepeat` says, and what was parked is replayed.
 */
export async function interleaved(seed: number, { isMixed = false } = {}): Promise<Run> {
  const chance = new Chance(seed);
  // Time goes on while they run, so that a request may still be under way when the second of its key is over.
  const turns = new Interleaving(seed, {
    onStep: () => {
      if (chance.is(30)) world.clock.advance(chance.below(400));
    },
  });
  const onTurn = () => (isInTurns ? turns.turn() : Promise.resolve());
  let isInTurns = false;
  const world = aWorld({
    stores: (clock) => inTurns(inMemoryStores({ clock }), turns, () => isInTurns),
    ...(isMixed ? { burst: { count: 1, window: minutes(1) } } : {}),
  });
  const ana = aConversation();
  await world.used.conversations.saveConversation(ana);
  const count = 2 + chance.below(5);
  const told: number[] = [];
  const channel = disturbed(world, ana.conversationId, chance, {
    onTold: (states) => told.push(...states),
    onTurn,
  });

  const ids: NotificationId[] = [];
  const waiting = [...chance.shuffled(Array.from({ length: count }, (_none, state) => state))];
  for (let other = isMixed ? 2 : 0; other > 0; other -= 1) {
    const data = { to: { conversation: ana.key }, text: `another ${other}` };
    await world.publish(anEvent({ source: `urn:run:${seed}`, id: `another ${other}`, data }));
  }
  const crashes = chance.below(4);
  for (let round = 0; round < 400; round += 1) {
    const isQuiet = round > 60;
    if (isQuiet) channel.heal();
    const works: (() => Promise<unknown>)[] = [];
    while (waiting.length > 0 && chance.is(isMixed ? 15 : 60)) {
      const state = waiting.shift() ?? 0;
      const event = anEvent({
        source: `urn:run:${seed}`,
        id: `state ${state}`,
        sequence: String(state + 1),
        data: {
          to: { conversation: ana.key },
          text: `state ${state}`,
          delivery: { key: 'k', ...(isMixed ? anyDelivery(chance) : { mode: 'adHoc' }) },
        },
      });
      ids[state] = notificationId(event.source, event.id);
      // A worker that died over it gets the event again.
      for (let isTaken = false; !isTaken; ) {
        const acceptance = await world.publish(event).catch(onlyCrashes);
        isTaken = acceptance !== undefined;
      }
    }
    while (works.length < 3) {
      const call = chance.is(50)
        ? (world.crashed.shift() ?? world.deliveries.take())
        : world.deliveries.take();
      if (call === undefined) break;
      works.push(() => world.handle(call));
      // The broker may give one out twice.
      if (chance.is(10)) works.push(() => world.handle(call));
    }
    if (!isQuiet && works.length > 0 && chance.is(crashes * 15)) {
      const when = chance.is(50) ? 'before' : 'after';
      world.watch.failCall(world.watch.calls.length + chance.below(20), { error: new Crash(), when });
    }
    isInTurns = true;
    await turns.run(...works);
    isInTurns = false;
    if (works.length > 0) continue;
    const next = world.deliveries.nextAt;
    if (next === undefined && world.crashed.length === 0 && waiting.length === 0) {
      if (isQuiet) break;
    }
    world.clock.advance(Math.max(1, Math.min((next ?? Infinity) - world.clock.now(), minutes(1))));
    if (chance.is(20)) await world.sweep().catch(onlyCrashes);
    if (isMixed && !isQuiet && chance.is(20)) await replayAll(world).catch(onlyCrashes);
  }
  const ends = await Promise.all(ids.map(async (id) => (await world.report(id, {}))?.recipients?.[0]));
  const unknown = ends.map((end) => (end?.state === 'unconfirmed' ? 1 : 0) + (end?.repeats ?? 0));
  return {
    told,
    visible: visibleIn(world),
    unknown: unknown.reduce((sum, one) => sum + one, 0),
    newest: count - 1,
    outcomes: ends.map((end) => end?.state),
  };
}

/** Some pass what holds others back, so that they meet a digest that is under way. */
function anyDelivery(chance: Chance): object {
  return { urgent: chance.is(30), onRepeat: ['update', 'reply', 'new'][chance.below(3)] };
}

async function replayAll(world: World): Promise<void> {
  const { items } = await world.parking.listParked({ limit: 10 });
  for (const item of items) await reopenDelivery(world)(item, false);
}

function onlyCrashes(cause: unknown): undefined {
  if (!(cause instanceof Crash)) throw cause;
  return undefined;
}

function visibleIn(world: World): readonly number[] {
  return world.channel.shown.flatMap(({ message }) => statesIn(message));
}

/** What a message tells of; one that a newer one replaced tells of nothing, and what an answer quotes is not told by it. */
function statesIn({ card, text }: OutgoingMessage): readonly number[] {
  const words = [text ?? '', ...textsOn(card)].join('\n').replace(/In answer to: state \d/g, '');
  if (words.includes('See below')) return [];
  return [...words.matchAll(/state (\d)/g)].map(([, state]) => Number(state));
}

/** Every store, each of whose calls waits for its turn while there are any. */
function inTurns(stores: Stores, turns: Interleaving, isOn: () => boolean): Stores {
  return Object.fromEntries(
    Object.entries(stores).map(([name, store]) => {
      if (typeof store !== 'object') return [name, store];
      const slow = turns.over(store);
      const either = new Proxy(store, {
        get: (target, property) => {
          const chosen = isOn() ? slow : target;
          const member: unknown = Reflect.get(chosen, property, chosen);
          return typeof member === 'function' && chosen === target ? member.bind(target) : member;
        },
      });
      return [name, either];
    }),
  ) as unknown as Stores; // The same names, each with the same methods.
}

/** The channel refuses, breaks and forgets, until it is healed; `onTold` is told of what it shows. */
function disturbed(
  { channel }: World,
  conversationId: string,
  chance: Chance,
  {
    onTold,
    onTurn,
  }: { readonly onTold: (states: readonly number[]) => void; readonly onTurn: () => Promise<void> },
) {
  let isIll = chance.is(70);
  const [send, update] = [channel.sendActivity.bind(channel), channel.updateActivity.bind(channel)];
  // Asked before an answer is scripted: a worker that dies over it makes no request, and leaves no script behind.
  channel.sendActivity = async (reference, message, isOff) => {
    if ((await isOff?.()) === true) return calledOff;
    await onTurn();
    if (isIll && chance.is(15)) {
      const isShown = chance.is(40);
      const isUnknown = isShown || chance.is(50);
      channel.next(conversationId, { result: isUnknown ? badGateway : throttled, shown: isShown });
      if (isShown) onTold(statesIn(message));
      return send(reference, message);
    }
    const result = await send(reference, message);
    if (result.kind === 'sent') onTold(statesIn(message));
    return result;
  };
  channel.updateActivity = async (reference, activityId, message, isOff) => {
    if ((await isOff?.()) === true) return calledOff;
    await onTurn();
    const states = statesIn(message);
    if (isIll && chance.is(20)) {
      const kind = chance.below(4);
      const result = kind === 0 ? throttled : kind === 1 ? notThere : badGateway;
      const isShown = kind === 2;
      // What a person deletes is seen no more.
      if (kind === 1) await channel.removeActivity(reference, activityId);
      channel.nextChange(conversationId, { result, shown: isShown });
      if (isShown) onTold(states);
      return update(reference, activityId, message);
    }
    const result = await update(reference, activityId, message);
    if (result.kind === 'sent') onTold(states);
    return result;
  };
  return {
    heal: () => {
      isIll = false;
    },
  };
}
