import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../dev/chaos/judgement/evidence.ts';
import { judge } from '../../dev/chaos/judgement/judge.ts';
import { type Rig, startRig } from '../../dev/chaos/rig/rig.ts';
import { playNoisyConversation } from '../../dev/chaos/scenarios/noisy-conversation.ts';
import { Tally } from '../../dev/chaos/tally.ts';

// The short form: limits by which few messages make a line of some seconds.
const MESSAGES = 60;
const THREAD_LIMITS = '4/1s,20/5s';

let rig: Rig;
let evidence: Evidence;
const injected = new Tally();

beforeAll(async () => {
  rig = await startRig({ hosts: 2, threadLimits: THREAD_LIMITS });
  evidence = await playNoisyConversation(rig, {
    name: 'noisy',
    messages: MESSAGES,
    injected,
    withinMs: 120_000,
  });
}, 200_000);
afterAll(() => rig.stop(), 20_000);

describe('many urgent messages to one person, while tables fail and every host is killed once', () => {
  it('lose nobody and repeat nothing that they may not, theirs and those of others', () => {
    expect(judge(evidence)).toEqual([]);
    expect(evidence.asked.length).toBe(MESSAGES + 8);
  });

  it('are told, all but the few whose result nobody knows', () => {
    const outcomes = evidence.asked.flatMap(({ id }) => {
      const counts = evidence.reports.get(id)?.outcomes ?? {};
      return Object.keys(counts);
    });
    expect(new Set([...outcomes, 'delivered', 'unconfirmed'])).toEqual(new Set(['delivered', 'unconfirmed']));
    expect(outcomes.filter((outcome) => outcome === 'unconfirmed').length).toBeLessThan(20);
  });

  it('met what they were to meet', () => {
    expect(injected.toObject()).toEqual({
      'host killed while a conversation waits for its limits': 2,
      'tables 412': 2,
      'tables 503': 6,
      'tables reset, written': 7,
    });
  });
});
