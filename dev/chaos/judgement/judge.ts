import { defined } from '../../../shared/domain/defined.ts';
import type { ReportedRecipient } from '../../../shared/use-cases/upkeep/report-recipients.ts';
import type { Person } from '../people/people.ts';
import type { WholeReport } from '../reports/read-report.ts';
import { type Asked, type Evidence, TEXT_PREFIX } from './evidence.ts';
import { judgeThings } from './judge-things.ts';

/** The promises of a delivery, each by what is seen when it is broken. */
export const RULES = {
  unfinished: 'somebody was addressed and has no final outcome',
  forgotten: 'somebody should have been addressed and is not in the report',
  lost: 'the report says delivered, and nobody was shown anything',
  repeated: 'somebody was shown a message more often than is allowed',
  unmarked: 'the report does not say what was repeated, or says it where nothing was',
  denied: 'somebody was shown a message that the report says was refused at its only attempt',
  stranger: 'somebody was told or addressed who was not meant',
  twice: 'somebody has two outcomes, or the counts do not fit the recipients',
  uncancelled: 'somebody was shown a message after its cancel was confirmed, beyond what was under way',
  apart: 'somebody sees two states of one thing at once',
  stale: 'the last state that somebody was shown of a thing is an old one',
  kept: 'somebody still sees a message that was to be taken back, or nobody knows',
  ending: 'a delivery did not end as the fault that met it demands',
  unlisted: 'a delivery ended as rejected, unconfirmed or exhausted and is not listed as parked',
} as const;
export type Rule = keyof typeof RULES;

export interface Breach {
  readonly rule: Rule;
  readonly notification: string;
  /** The app's key; absent where the whole notification is meant. */
  readonly conversation?: string | undefined;
  readonly text: string;
}

/** Compares what the app says with what people saw. An empty list: every promise was kept. */
export function judge(evidence: Evidence): Breach[] {
  return [...evidence.asked.flatMap((asked) => judgeNotification(asked, evidence)), ...judgeThings(evidence)];
}

function judgeNotification(asked: Asked, evidence: Evidence): Breach[] {
  const report = evidence.reports.get(asked.id);
  const breach = (rule: Rule, text: string, conversation?: string): Breach => ({
    rule,
    notification: asked.id,
    text: `"${asked.text}" (${asked.onUnconfirmed}): ${text}`,
    ...defined({ conversation }),
  });
  if (report === undefined) return [breach('forgotten', 'the event was accepted and its report is unknown')];

  const breaches = judgeCounts(report, breach);
  const people = [...asked.must, ...asked.may];
  const known = new Set(people.flatMap(({ keys }) => keys));
  for (const { addressee = '' } of report.recipients) {
    if (!known.has(addressee)) breaches.push(breach('stranger', 'was addressed', addressee));
  }
  for (const row of report.recipients) breaches.push(...judgeRow(asked, row, evidence.parked, breach));

  const told = new Set(people.map(({ conversation }) => conversation));
  for (const [conversation, texts] of evidence.shown) {
    const times = texts.get(asked.text) ?? 0;
    if (times > 0 && !told.has(conversation)) {
      breaches.push(breach('stranger', `was shown in "${conversation}", ${times} times`));
    }
  }
  for (const person of people) {
    const rows = report.recipients.filter(({ addressee = '' }) => person.keys.includes(addressee));
    if (rows.length === 0 && asked.must.includes(person) && asked.shownBefore === undefined) {
      breaches.push(breach('forgotten', 'has no row in the report', person.key));
    }
    const times = evidence.shown.get(person.conversation)?.get(asked.text) ?? 0;
    const before = asked.shownBefore?.get(person.conversation) ?? 0;
    if (asked.shownBefore !== undefined && times > before) {
      breaches.push(breach('uncancelled', `was told ${times - before} times since`, person.key));
    }
    breaches.push(...judgePerson(asked, { person, rows, times }, breach));
  }
  return breaches;
}

type MakeBreach = (rule: Rule, text: string, conversation?: string) => Breach;

const FINAL: ReadonlySet<string> = new Set([
  'delivered',
  'suppressed',
  'expired',
  'dropped',
  'rejected',
  'exhausted',
  'unconfirmed',
  'no-such-recipient',
  'cancelled',
  'updated',
  'superseded',
  'recalled',
]);

function judgeCounts(report: WholeReport, breach: MakeBreach): Breach[] {
  const breaches: Breach[] = [];
  const names = report.recipients.map(({ addressee }) => addressee);
  const finals = Object.values(report.outcomes).reduce((sum, count) => sum + count, 0);
  if (!report.complete)
    breaches.push(breach('unfinished', `the report is not complete: ${countsOf(report)}`));
  if (new Set(names).size !== names.length) breaches.push(breach('twice', 'somebody is in the report twice'));
  if (report.addressed !== names.length || (report.complete && finals !== names.length)) {
    breaches.push(breach('twice', `${names.length} recipients, but ${countsOf(report)}`));
  }
  return breaches;
}

function countsOf({ addressed, outcomes, pending }: WholeReport): string {
  return JSON.stringify({ addressed, outcomes, pending });
}

function judgeRow(
  asked: Asked,
  row: ReportedRecipient,
  parked: ReadonlySet<string>,
  breach: MakeBreach,
): Breach[] {
  const breaches: Breach[] = [];
  const say = (rule: Rule, text: string) => breaches.push(breach(rule, text, row.addressee));
  if (!FINAL.has(row.state)) say('unfinished', `stands at "${row.state}"`);
  const mustBeListed = ['rejected', 'unconfirmed', 'exhausted'].includes(row.state);
  if (mustBeListed && !parked.has(`${asked.id}.${row.addressee}`)) {
    say('unlisted', `ended as ${row.state} and is not parked`);
  }
  const repeats = row.repeats ?? 0;
  if (repeats > (asked.onUnconfirmed === 'park' ? 0 : 1)) say('unmarked', `says repeats: ${repeats}`);
  return breaches;
}

function judgePerson(
  asked: Asked,
  { person, rows, times }: { person: Person; rows: readonly ReportedRecipient[]; times: number },
  breach: MakeBreach,
): Breach[] {
  const breaches: Breach[] = [];
  const say = (rule: Rule, text: string) => {
    const ledger = rows.map(({ state, reason, attempts, repeats }) =>
      JSON.stringify({ state, reason, attempts, repeats }),
    );
    const seen = `shown ${times} times, report ${ledger.join(' ') || 'none'}`;
    breaches.push(breach(rule, `${text}; ${seen}`, rows[0]?.addressee ?? person.key));
  };
  const delivered = rows.filter(({ state }) => state === 'delivered' || state === 'recalled');
  const unconfirmed = rows.filter(({ state }) => state === 'unconfirmed');
  const isMarked = unconfirmed.length > 0 || delivered.some(({ repeats }) => (repeats ?? 0) > 0);

  if (rows.length === 0 && times > 0) say('stranger', 'was told without being addressed');
  if (delivered.length > 0 && times === 0) say('lost', 'was told nothing');
  if (times > (asked.onUnconfirmed === 'park' ? 1 : 2)) say('repeated', 'was told too often');
  else if (times === 2 && !isMarked) say('unmarked', 'was told twice');
  if (times > 0 && rows.length > 0 && delivered.length + unconfirmed.length === 0 && rows.every(isCertain)) {
    say('denied', 'was told');
  }
  return breaches;
}

/** Whether the report knows of no request whose result was in doubt. */
function isCertain({ attempts, lastError }: ReportedRecipient): boolean {
  const inDoubt = lastError !== undefined && /^(network|http-408|http-5\d\d)$/.test(lastError.class);
  return (attempts ?? 0) <= 1 && !inDoubt;
}

/** Messages that look like the suite's own and were never published. `texts`: all that were, in the whole run. */
export function judgeTexts(shown: Evidence['shown'], texts: ReadonlySet<string>): Breach[] {
  const breaches: Breach[] = [];
  for (const [conversation, seen] of shown) {
    for (const text of seen.keys()) {
      if (!text.startsWith(TEXT_PREFIX) || texts.has(text)) continue;
      breaches.push({
        rule: 'stranger',
        notification: text,
        text: `"${text}" was shown in "${conversation}"`,
      });
    }
  }
  return breaches;
}
