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

  it('says nothing before it has seen twelve, then what their jitter needs', () => {
    answers(11);
    expect(change(undefined)).toBeUndefined();
    answers(1);
    expect(change(undefined)).toEqual({ span: 157 });
  });

  it('takes a fifth away for each hundred that nothing was refused among, down to seven milliseconds', () => {
    answers(99);
    expect(change({ span: 100 })).toBeUndefined();
    answers(1);
    expect(change({ span: 100 })).toEqual({ span: 80 });
    expect(change({ span: 80 })).toBeUndefined();
    answers(100);
    expect(change({ span: 10 })).toEqual({ span: 7 });
    answers(100);
    expect(change({ span: 7 })).toBeUndefined();
  });

  it('never leaves more than the jitter needs where nothing is refused', () => {
    answers(100);
    expect(change({ span: 390 })).toEqual({ span: 157 });
  });

  it('goes back to what is needed with the first refusal, and stays there for ten minutes', () => {
    answers(100);
    sense.refused(NOW);
    const firm = { span: 157, firmUntil: NOW + minutes(10) };
    expect(change({ span: 30 })).toEqual(firm);
    answers(5000);
    expect(change(firm, { at: NOW + minutes(10) - 1 })).toBeUndefined();
    expect(change(firm, { at: NOW + minutes(10) })).toEqual({ span: 157 * 0.8 });
  });

  it('leaves more than the answers show when what they show is refused', () => {
    answers(100);
    sense.refused(NOW);
    expect(change({ span: 200 })).toMatchObject({ span: 200 * 1.15 });
    sense.refused(NOW + minutes(1));
    expect(change({ span: 395 })).toMatchObject({ span: 400 });
  });

  it('leaves at least a step more in a network that looks steady', () => {
    for (let answer = 0; answer < 100; answer += 1) sense.answered(0);
    sense.refused(NOW);
    expect(change({ span: 7 })).toMatchObject({ span: 14 });
  });

  it('does not raise it again for what was under way at the change', () => {
    answers(100);
    sense.refused(NOW);
    const raised = change({ span: 30 });
    sense.refused(NOW + seconds(1.5) - 1);
    expect(change(raised)).toBeUndefined();
    sense.refused(NOW + seconds(1.5));
    expect(change(raised, { at: NOW + seconds(1.5) })).toMatchObject({ span: 157 * 1.15 });
  });

  it.each([
    [2499, 1, 157 * 1.15],
    [2500, 1, 157],
    [1250, 2, 157],
  ])('behind %i clean answers of one of %i instances a refusal leaves %s', (clean, instances, span) => {
    answers(clean);
    sense.refused(NOW);
    expect(change({ span: 157, firmUntil: NOW + 1 }, { instances })).toEqual({
      span,
      firmUntil: NOW + minutes(10),
    });
  });

  it('believes nobody who stays firm for longer than anybody can', () => {
    answers(100);
    expect(change({ span: 100, firmUntil: NOW + minutes(30) })).toEqual({ span: 80 });
  });
});
