import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import type { SendResult } from '../../../shared/ports/delivery/messenger.ts';
import { AllDepartures, spacedMessenger } from '../../../shared/use-cases/pace/departures.ts';
import { SpacedPace } from '../../../shared/use-cases/pace/spaced-pace.ts';
import { TenantWaves } from '../../../shared/use-cases/pace/tenant-waves.ts';
import { aConversation } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { ScriptedMessenger } from '../../support/fakes/scripted-messenger.ts';
import { InMemoryPacer } from '../../support/fakes/stores/in-memory-pacer.ts';

const refused = (status: number, code: string): SendResult => ({
  kind: 'failed',
  status,
  code,
  surelyNotSent: status < 500,
});
const denied = refused(401, 'http-401');

function aPace() {
  const clock = new FakeClock();
  const log = new RecordingLog();
  const pacer = new InMemoryPacer({ requestsPerSecond: 50 });
  const wait = async (delay: number) => clock.set(clock.now() + Math.ceil(delay));
  const departures = new AllDepartures({ clock, requestsPerSecond: 50, wait });
  const waves = new TenantWaves({ pacer, clock, log });
  const channel = new ScriptedMessenger();
  const messenger = spacedMessenger(channel, { departures, waves });
  const pace = new SpacedPace({ pacer, departures, waves, wait });
  const tenant = aConversation().tenant;
  const person = (name: string) => ({
    ...aConversation({ user: { id: `29:${name}`, name } }),
    conversationId: `a:${name}`,
  });
  /** One call of a person's: asks for its turn, and makes the request if it may. */
  const call = async (name: string, answer?: SendResult) => {
    const turn = await pace.takeTurn(tenant);
    if (turn !== 'go') return turn;
    if (answer !== undefined) channel.next(`a:${name}`, { result: answer });
    return (await messenger.sendActivity(person(name), { text: 'x' })).kind;
  };
  return { clock, log, pacer, channel, waves, pace, tenant, call };
}

type Rig = ReturnType<typeof aPace>;

/** Calls of so many people while everybody is refused. */
async function everybody({ call }: Rig, people: number, answer = denied) {
  const turns = [];
  for (let each = 0; each < people; each += 1) turns.push(await call(`p${each}`, answer));
  return turns;
}

describe('a wave of refusals', () => {
  it.each([
    ['401', denied],
    ['403 of an unknown kind', refused(403, 'ServiceError')],
    ['503', refused(503, 'ServiceUnavailable')],
  ])('holds the tenant back in place of burning through everybody: %s', async (_what, answer) => {
    const rig = aPace();
    await everybody(rig, 1000, answer);
    expect(rig.channel.requests.length).toBe(5);
    expect(rig.log.of('tenant.held-back')).toMatchObject([
      {
        level: 'warn',
        fields: { tenant: rig.tenant, spanMs: 5000, status: (answer as { status: number }).status },
      },
    ]);
  });

  it('moves the cursor of all instances, so that walks wait as well', async () => {
    const rig = aPace();
    const begun = rig.clock.now();
    await everybody(rig, 5);
    const { pacer, tenant, clock } = rig;
    const reserved = await pacer.reserve(tenant, 25, clock.now(), seconds(0.8));
    expect(reserved).toHaveProperty('laterAt');
    expect(clock.now() - begun).toBeLessThan(seconds(1));
  });

  it('says when to come back, one after the other, and not for ever', async () => {
    const rig = aPace();
    const turns = await everybody(rig, 8);
    const until = rig.clock.now() + seconds(5);
    const waits = turns.slice(5).map((turn) => (typeof turn === 'string' ? turn : turn.at - until));
    for (const [index, wait] of waits.entries()) expect(wait).toBeCloseTo(index * 20, -2);
    expect(turns[5]).toMatchObject({ isWithoutSlot: true, isHeldBack: true });
  });

  it('costs three probes a span, and half a day of it a few hundred requests', async () => {
    const rig = aPace();
    await everybody(rig, 5);
    const end = rig.clock.now() + minutes(12 * 60);
    while (rig.clock.now() < end) {
      await everybody(rig, 6);
      rig.clock.advance(seconds(1));
    }
    expect(rig.channel.requests.length).toBeGreaterThan(12 * 12);
    expect(rig.channel.requests.length).toBeLessThan(3 * 12 * 13 + 30);
    const levels = rig.log.of('tenant.held-back').map(({ level, fields }) => `${fields.spanMs} ${level}`);
    expect(levels.slice(0, 5)).toEqual([
      '5000 warn',
      '10000 warn',
      '20000 warn',
      '40000 error',
      '80000 error',
    ]);
  });

  it('is over with the first probe that succeeds, and everybody goes on', async () => {
    const rig = aPace();
    await everybody(rig, 5);
    rig.clock.advance(seconds(5.1));
    expect(await rig.call('probe')).toBe('sent');
    expect(await rig.call('another')).toBe('sent');
    expect(rig.log.of('tenant.served-again')).toMatchObject([
      { level: 'info', fields: { tenant: rig.tenant } },
    ]);
  });

  it('is not begun by people who are refused for reasons of their own', async () => {
    const rig = aPace();
    const blocked = refused(403, 'ConversationBlockedByUser');
    const turns = await everybody(rig, 50, blocked);
    expect(new Set(turns)).toEqual(new Set(['failed']));
    expect(await everybody(rig, 50, refused(404, 'ConversationNotFound'))).toEqual(Array(50).fill('failed'));
    expect(await everybody(rig, 50, refused(429, 'Throttled'))).toEqual(Array(50).fill('failed'));
  });

  it('is not begun by one person who is refused again and again', async () => {
    const rig = aPace();
    for (let time = 0; time < 50; time += 1) expect(await rig.call('ana', denied)).toBe('failed');
  });

  it('leaves other tenants alone', async () => {
    const rig = aPace();
    await everybody(rig, 6);
    const { tenant } = aConversation({ tenantId: 'fabrikam' });
    expect(await rig.pace.takeTurn(tenant)).toBe('go');
  });
});
