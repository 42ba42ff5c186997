import { defined } from '../../shared/domain/defined.ts';
import { Chance } from './chance.ts';
import type { Account } from './judgement/account.ts';
import { account } from './judgement/account.ts';
import type { Evidence } from './judgement/evidence.ts';
import { type Breach, judge, judgeTexts } from './judgement/judge.ts';
import { meet, type Person } from './people/people.ts';
import type { JournalLine } from './rig/journal.ts';
import { type Rig, type RigOptions, startRig } from './rig/rig.ts';
import { playCatalog } from './scenarios/catalog.ts';
import { playNoisyConversation } from './scenarios/noisy-conversation.ts';
import { planRound } from './storm/plan.ts';
import { runRound } from './storm/run-round.ts';
import { Tally } from './tally.ts';

export interface CampaignOptions {
  readonly seed: number;
  /** No round begins later than this. */
  readonly minutes: number;
  /** No round begins when so many deliveries were made. */
  readonly deliveries: number;
  /** A built app; default: the sources as they are. */
  readonly appDir?: string;
  /** Told what is going on, a line at a time. */
  readonly onProgress: (line: string) => void;
  /** Ends the campaign early: the promise rejects once everything has stopped. */
  readonly signal: AbortSignal;
}

/** A broken promise, with what happened to the delivery. */
export interface Finding extends Breach {
  readonly sequence: readonly JournalLine[];
}

export interface CampaignResult {
  readonly seed: number;
  readonly rounds: number;
  /** By kind. */
  readonly faults: Readonly<Record<string, number>>;
  readonly deliveries: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly lost: number;
  /** `allowed`: once more, under `resend`, where the result of the first send was unknown. */
  readonly repeated: { readonly allowed: number; readonly notAllowed: number };
  /** Messages that the broker gave up on; the sweep finds what they were about. */
  readonly deadLetters: number;
  readonly findings: readonly Finding[];
  readonly wallMs: number;
}

const PEOPLE = 24;
const NOTICES = 8;
/** Longer than the app's longest waits in a row: for its tables, its broker, a lock, a lease and the sweep. */
const ROUND_MS = 300_000;
/** Teams's limits on one conversation, by which so many take more than a minute and a half. */
const NOISY_LIMITS = '7/1s,8/2s,60/30s,1800/3600s';
const NOISY_MESSAGES = 200;

/** First every fault by itself, with the ending that it demands; then rounds in which anything goes wrong at once. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const startedAt = performance.now();
  const sums = new Sums();
  await withRig(options, {}, async (rig) => {
    options.onProgress('every fault by itself');
    const played = await playCatalog(rig, sums.faults);
    for (const { evidence, breaches } of played) sums.add(rig, evidence, breaches);
  });
  await withRig(options, { hosts: 2, threadLimits: NOISY_LIMITS }, async (rig) => {
    options.onProgress(`a noisy conversation: ${NOISY_MESSAGES} urgent messages to one person`);
    const noisy = { name: 'noisy', messages: NOISY_MESSAGES, injected: sums.faults, withinMs: ROUND_MS };
    const evidence = await playNoisyConversation(rig, noisy);
    sums.add(rig, evidence, judge(evidence));
  });
  const rounds = await withRig(options, { hosts: 2 }, (rig) => storm(rig, options, sums, startedAt));
  return { seed: options.seed, rounds, ...sums.read(), wallMs: Math.round(performance.now() - startedAt) };
}

async function storm(rig: Rig, options: CampaignOptions, sums: Sums, startedAt: number): Promise<number> {
  const chance = new Chance(options.seed);
  const people = await crowd(rig);
  const texts = new Set<string>();
  let rounds = 0;
  let deliveries = 0;
  const isOver = () =>
    deliveries >= options.deliveries || performance.now() - startedAt > options.minutes * 60_000;
  while (rounds === 0 || !isOver()) {
    options.signal.throwIfAborted();
    rig.journal.clear();
    const before = { faults: sums.faults.total, at: performance.now() };
    const plan = planRound(chance.fork(rounds), { people: people.length, notices: NOTICES, patient: true });
    const evidence = await runRound({
      rig,
      people,
      plan,
      name: `${options.seed}/${rounds}`,
      injected: sums.faults,
      withinMs: ROUND_MS,
    });
    const made = sums.add(rig, evidence, judge(evidence));
    for (const { text } of evidence.asked) texts.add(text);
    deliveries += made.deliveries;
    rounds += 1;
    const seconds = ((performance.now() - before.at) / 1000).toFixed(1);
    options.onProgress(
      `round ${rounds}: ${made.deliveries} deliveries, ${sums.faults.total - before.faults} faults, ${seconds} s`,
    );
  }
  sums.find(rig, judgeTexts(await rig.channel.shown(), texts));
  sums.deadLetters += await rig.broker.deadLetters();
  return rounds;
}

/** People of two tenants, so that a broadcast is two walks. */
async function crowd(rig: Rig): Promise<Person[]> {
  return [
    ...(await meet(rig, { prefix: 'north', count: PEOPLE / 2 })),
    ...(await meet(rig, { prefix: 'south', count: PEOPLE / 2, tenantId: 'another-tenant' })),
  ];
}

/** Adds up a campaign. */
class Sums {
  readonly faults = new Tally();
  readonly #outcomes = new Tally();
  readonly #findings: Finding[] = [];
  #deliveries = 0;
  #repeated = 0;
  deadLetters = 0;

  add(rig: Rig, evidence: Evidence, breaches: readonly Breach[]): Account {
    const made = account(evidence);
    this.#deliveries += made.deliveries;
    this.#repeated += made.repeated;
    for (const [outcome, count] of Object.entries(made.outcomes)) this.#outcomes.add(outcome, count);
    this.find(rig, breaches);
    return made;
  }

  /** The sequence is taken now: the next round's journal begins empty. */
  find(rig: Rig, breaches: readonly Breach[]): void {
    for (const breach of breaches) {
      const { notification, conversation } = breach;
      this.#findings.push({ ...breach, sequence: rig.journal.of({ notification, conversation }) });
    }
  }

  read(): Omit<CampaignResult, 'seed' | 'rounds' | 'wallMs'> {
    const count = (rule: Breach['rule']) => this.#findings.filter((each) => each.rule === rule).length;
    const notAllowed = count('repeated') + count('unmarked');
    return {
      faults: this.faults.toObject(),
      deliveries: this.#deliveries,
      outcomes: this.#outcomes.toObject(),
      lost: count('lost') + count('forgotten') + count('unfinished'),
      repeated: { allowed: Math.max(0, this.#repeated - notAllowed), notAllowed },
      deadLetters: this.deadLetters,
      findings: this.#findings,
    };
  }
}

async function withRig<T>(
  { appDir, signal }: CampaignOptions,
  options: Omit<RigOptions, 'appDir'>,
  use: (rig: Rig) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const rig = await startRig({ ...options, ...defined({ appDir }) });
  // Whatever is waited for fails at once when the stack is gone.
  const stop = () => void rig.stop();
  signal.addEventListener('abort', stop);
  try {
    return await use(rig);
  } finally {
    signal.removeEventListener('abort', stop);
    await rig.stop();
  }
}
