import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import type { SendResult } from '../../../shared/ports/delivery/messenger.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import type { Scripted, ScriptedFirst } from '../../support/fakes/scripted-messenger.ts';
import { aWorld, Crash, type World } from '../../support/world.ts';

/** What every port of the stores may throw. */
export const storeAway = new StoreUnavailable('any', new Error('503'));

/** An answer of the channel other than "sent"; shown to nobody unless it says so. */
export function failed(status: number | undefined, code: string, more: object = {}): Scripted {
  const surelyNotSent = status !== undefined && status < 500;
  const result: SendResult = {
    kind: 'failed',
    code,
    surelyNotSent,
    ...(status === undefined ? {} : { status }),
    ...more,
  };
  return { result };
}

/** What the channel answers to the requests of one delivery, in this order; then it sends. */
export interface Answered {
  readonly name: string;
  readonly answers: readonly Scripted[];
  /** The channel does not find the person either, when a conversation is to be created. */
  readonly noOtherConversation?: true;
  /** The channel creates a conversation with a message only: what becomes of those, in this order; then each is shown. */
  readonly begun?: readonly ScriptedFirst[];
  /** Nothing may be sent any more by the time the delivery begins, so no request is made. */
  readonly suppressed?: true;
}

export type Policy = 'resend' | 'park';

/** A world with one delivery, planned and not yet begun. `begins`: the number of its first call of a port. */
export async function aDelivery(
  { answers, noOtherConversation, suppressed, begun }: Answered,
  onUnconfirmed: Policy,
) {
  const world = aWorld();
  const ana = aConversation();
  await world.knows(ana);
  world.channel.next(ana.conversationId, ...answers);
  if (noOtherConversation) {
    const nobody = { kind: 'failed', status: 404, code: 'NotFound', surelyNotSent: true } as const;
    world.channel.nextCreation(...Array.from({ length: 9 }, () => nobody));
  }
  if (begun !== undefined) {
    world.channel.insistsOnActivity = true;
    world.channel.nextFirst(...begun);
  }
  const event = anEvent({
    data: { to: { conversation: ana.key }, text: 'hello', delivery: { onUnconfirmed } },
  });
  await world.publish(event);
  if (suppressed) await world.conversations.suppressConversation(ana.key, 'uninstalled');
  return { world, ana, id: notificationId(event.source, event.id), begins: world.watch.calls.length };
}

/** Until nothing is left to do, with the sweep each minute. */
export async function settle(world: World): Promise<void> {
  for (let minute = 0; minute < 12; minute += 1) {
    await world.run();
    world.clock.advance(minutes(1));
    await world.sweep().catch(rethrowBugs);
  }
  await world.run();
}

/** A heartbeat that fails comes again. */
function rethrowBugs(cause: unknown): void {
  if (!(cause instanceof Crash || cause === storeAway)) throw cause;
}

/** How the delivery ended: what the report says, what people saw, and whether an operator is told. */
export async function endingOf(world: World, id: ReturnType<typeof notificationId>) {
  const report = await world.report(id, {});
  const [told, ...others] = report?.recipients ?? [];
  const { items } = await world.parking.listParked({ limit: 10 });
  return {
    complete: report?.complete,
    state: told?.state,
    reason: told?.reason,
    repeats: told?.repeats,
    shown: world.channel.shown.length,
    isParked: items.length > 0,
    others: others.length,
  };
}
