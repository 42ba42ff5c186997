import { beforeEach, describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { hours, minutes, seconds } from '../../../shared/domain/time.ts';
import type { DirectoryAnswer } from '../../../shared/ports/conversation/directory.ts';
import { replayParked } from '../../../shared/use-cases/upkeep/replay-parked.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { aWorld, type World } from '../../support/world.ts';

const OBJECT_ID = '5b6f1a10-0000-4000-8000-00000000000a';
const ada = aConversation({ user: { id: '29:ada', name: 'Ada', aadObjectId: OBJECT_ID } });
const found: DirectoryAnswer = { kind: 'told', people: [{ objectId: OBJECT_ID, mail: 'ada@contoso.com' }] };
const nobody: DirectoryAnswer = { kind: 'told', people: [] };
const event = anEvent({ data: { to: [{ user: 'ada@contoso.com' }], text: 'hello' } });

let answer: DirectoryAnswer;
let world: World;
beforeEach(async () => {
  answer = { kind: 'refused' };
  world = aWorld({ directory: { tenantId: 'contoso', findListed: async () => answer } });
  await world.knows(ada);
  await world.publish(event);
  await world.run(world.clock.now() + minutes(1));
});

const theOneParked = async () => (await world.parking.listParked({ limit: 10 })).items[0];
/** As the command line does it, which may not ask a directory. */
const replay = async (options?: { readonly dryRun: boolean }) => {
  const { id = '' } = (await theOneParked()) ?? {};
  return replayParked({ ...world, messages: { putBackMessage: async () => undefined } })(id, options);
};
const outcomes = async () => (await world.report(notificationId(event.source, event.id), {}))?.outcomes;

describe('replaying somebody who goes by a name that only a directory tells', () => {
  it('is planned by the app as a new event is: the directory is asked, and the person told once', async () => {
    expect(await outcomes()).toEqual({ 'no-such-recipient': 1 });
    answer = found;
    expect(await replay()).toEqual({ kind: 'handed-over' });
    expect(await replay()).toEqual({ kind: 'handed-over' });
    await world.run(world.clock.now() + minutes(1));
    expect(world.channel.textsIn(ada.conversationId)).toEqual(['hello']);
    expect(await outcomes()).toEqual({ delivered: 1 });
    expect(await theOneParked()).toBeUndefined();
  });

  it('does nothing when it is only asked', async () => {
    answer = found;
    expect(await replay({ dryRun: true })).toEqual({ kind: 'handed-over' });
    await world.run(world.clock.now() + minutes(1));
    expect(world.channel.shown).toEqual([]);
  });

  it('keeps who is still unknown parked, with the reason of now, and can be made again', async () => {
    answer = nobody;
    world.clock.advance(minutes(1));
    await replay();
    await world.run(world.clock.now() + minutes(1));
    expect((await theOneParked())?.faults[0]?.message).toMatch(/^no user with this id/);
    expect(await outcomes()).toEqual({ 'no-such-recipient': 1 });
    answer = found;
    world.clock.advance(minutes(1));
    await replay();
    await world.run(world.clock.now() + minutes(1));
    expect(world.channel.textsIn(ada.conversationId)).toEqual(['hello']);
  });

  it('comes again where the directory is away, and is found by the sweep where the job is lost', async () => {
    answer = { kind: 'away', retryAfter: seconds(30) };
    await replay();
    const job = world.jobs.take();
    if (job?.kind !== 'work') throw new Error('no work was asked for');
    const work = world.kinds.job(job.work);
    await expect(work?.run(job.about, job)).rejects.toMatchObject({ code: 'directory-away' });
    expect(await theOneParked()).toBeDefined();
    answer = found;
    world.clock.advance(minutes(3));
    await world.sweep();
    await world.run(world.clock.now() + minutes(1));
    expect(world.channel.textsIn(ada.conversationId)).toEqual(['hello']);
    expect(await theOneParked()).toBeUndefined();
    world.clock.advance(hours(1));
    await world.sweep();
    await world.run(world.clock.now() + minutes(1));
    expect(world.channel.shown).toHaveLength(1);
  });
});
