import { beforeEach, describe, expect, it } from 'vitest';
import { type Slack, SlackSense, slackFor } from '../../../shared/domain/delivery/slack.ts';
import { type Instant, minutes, seconds } from '../../../shared/domain/time.ts';

const NOW = Date.UTC(2026, 10, 29, 9);

describe('the slack between slots', () => {
  it.each([
    [0, 7],
    [0.5, 7],
    [1, 7],
    [20, 7 + 15 * Math.sqrt(19)],
    [101, 157],
    [10_000, 400],
  ])('for a jitter of %s ms is %s ms', (jitter, slack) => {
    expect(slackFor(jitter)).toBe(slack);
  });
});

describe('what a process makes of its answers', () => {
  let sense: SlackSense;

  beforeEach(() => {
    sense = new SlackSense();
  });

  /** Answers that took 202 ms longer than the shortest, both ways: 101 ms of jitter in each. */
  const answers = (count: number) => {
    for (let answer = 0; answer < count; answer += 1) sense.answered(202);
  };
  const change = (
    slack: Slack | undefined,
    { at = NOW, instances = 1 }: { at?: Instant; instances?: number } = {},
  ) => sense.change(slack, instances, at);

  /** Lets the sense see what holds, at a time at which nothing is due. */
  const see = (slack: Slack, at = NOW - minutes(1)) => expect(change(slack, { at })).toBeUndefined();

  it('says nothing before it has seen twelve, then a quarter more than their jitter needs', () => {
    answers(11);
    expect(change(undefined)).toBeUndefined();
    answers(1);
    expect(change(undefined)).toEqual({ span: 157 * 1.25 });
  });

  it('says the least for a steady network from the beginning', () => {
    for (let answer = 0; answer < 12; answer += 1) sense.answered(0);
    expect(change(undefined)).toEqual({ span: 7 });
  });

  it.each([
    [100, 1],
    [34, 3],
    [10, 10],
  ])(
    'takes a tenth away for %i that nothing was refused among, of one of %i instances',
    (enough, instances) => {
      answers(12);
      see({ span: 100 });
      answers(enough - 1);
      expect(change({ span: 100 }, { instances })).toBeUndefined();
      answers(1);
      expect(change({ span: 100 }, { instances })).toEqual({ span: 90 });
    },
  );

  it('takes no more away before three seconds have shown what the change did, whoever made it', () => {
    answers(12);
    see({ span: 90 }, NOW);
    answers(100);
    expect(change({ span: 90 }, { at: NOW + seconds(3) - 1 })).toBeUndefined();
    expect(change({ span: 90 }, { at: NOW + seconds(3) })).toEqual({ span: 81 });
  });

  it('goes down to seven milliseconds', () => {
    answers(12);
    see({ span: 9.9 });
    answers(100);
    expect(change({ span: 9.9 })).toEqual({ span: 7 });
    see({ span: 7 });
    answers(100);
    expect(change({ span: 7 }, { at: NOW + minutes(1) })).toBeUndefined();
  });

  it('never leaves more than the jitter needs where nothing is refused', () => {
    answers(12);
    see({ span: 390 });
    answers(100);
    expect(change({ span: 390 })).toEqual({ span: 157 });
  });

  it.each([
    [7, 14],
    [30, 60],
    [100, 157],
    [157, 157 * 1.1],
    [200, 200 * 1.1],
    [395, 400],
  ])('refused with %s ms it leaves %s ms, for ten minutes', (span, larger) => {
    answers(12);
    see({ span });
    answers(100);
    sense.refused(NOW);
    const firm = change({ span }, { at: NOW });
    expect(firm).toEqual({ span: expect.closeTo(larger), firmUntil: NOW + minutes(10) });
    if (firm === undefined) return;
    see(firm, NOW + minutes(10) - 1);
    answers(5000);
    expect(change(firm, { at: NOW + minutes(10) - 1 })).toBeUndefined();
  });

  it('tries with less again when ten minutes are over', () => {
    answers(12);
    const firm = { span: 157, firmUntil: NOW + minutes(10) };
    see(firm);
    answers(100);
    expect(change(firm, { at: NOW + minutes(10) })).toEqual({ span: 157 * 0.9 });
  });

  it('does not raise it again for what was under way at the change, be it of another instance', () => {
    answers(112);
    see({ span: 30 });
    see({ span: 60, firmUntil: NOW + minutes(10) }, NOW);
    sense.refused(NOW + seconds(3) - 1);
    expect(change({ span: 60, firmUntil: NOW + minutes(10) })).toBeUndefined();
    sense.refused(NOW + seconds(3));
    expect(change({ span: 60 }, { at: NOW + seconds(3) })).toMatchObject({ span: 120 });
  });

  it.each([
    [1499, 1, 157 * 1.1],
    [1500, 1, 157],
    [750, 2, 157],
  ])('behind %i clean answers of one of %i instances a refusal leaves %s', (clean, instances, span) => {
    answers(12);
    const known = { span: 157, firmUntil: NOW + 1 };
    see(known);
    answers(clean);
    sense.refused(NOW);
    expect(change(known, { instances })).toEqual({
      span: expect.closeTo(span),
      firmUntil: NOW + minutes(10),
    });
  });

  it('believes nobody who stays firm for longer than anybody can', () => {
    answers(12);
    see({ span: 100 });
    answers(100);
    expect(change({ span: 100, firmUntil: NOW + minutes(30) })).toEqual({ span: 90 });
  });
});
