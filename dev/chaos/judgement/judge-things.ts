import type { ReportedRecipient } from '../../../shared/use-cases/upkeep/report-recipients.ts';
import { isToBeTakenBack } from '../reports/taken-back.ts';
import type { SeenMessage } from '../rig/channel-control.ts';
import type { Asked, Evidence, Thing } from './evidence.ts';
import type { Breach, Rule } from './judge.ts';

/** The promises of messages that change, and of those that are taken back. */
export function judgeThings(evidence: Evidence): Breach[] {
  return [
    ...(evidence.things ?? []).flatMap((thing) => judgeThing(thing, evidence)),
    ...evidence.asked.flatMap((asked) => judgeRecalled(asked, evidence)),
  ];
}

interface SeenState {
  readonly state: Asked;
  readonly row: ReportedRecipient | undefined;
  /** When each message came to say it, by the order of all changes. */
  readonly orders: readonly number[];
  /** How many messages say it now. */
  readonly visible: number;
}

function judgeThing({ person, states, denials }: Thing, evidence: Evidence): Breach[] {
  const messages = messagesTo(person.conversation, evidence);
  const seen = states.map((state): SeenState => {
    const row = rowOf(state, person.keys, evidence);
    const orders = messages.flatMap((message) =>
      message.states.filter(({ text }) => text === state.text).map(({ order }) => order),
    );
    return { state, row, orders, visible: messages.filter((one) => isVisible(one, state.text)).length };
  });
  const say = (rule: Rule, { state }: SeenState, text: string): Breach => ({
    rule,
    notification: state.id,
    conversation: person.key,
    text: `"${state.text}": ${text}; ${seen.map(describe).join(', ')}`,
  });
  const breaches = seen
    .filter(({ row, orders }) => row?.state === 'updated' && orders.length === 0)
    .map((one) => say('lost', one, 'was called updated, and nobody was shown it'));

  const told = seen.filter(({ row }) => row !== undefined && TOLD.has(row.state));
  const newest = told.at(-1);
  const last = seen.toSorted((a, b) => lastOf(a) - lastOf(b)).at(-1);
  if (newest !== undefined && last !== undefined && seen.indexOf(last) < seen.indexOf(newest))
    breaches.push(say('stale', newest, `was told, and "${last.state.text}" was shown after it`));

  // Of what nobody knows whether it was shown, a message may stand that no later state changes.
  const leftBehind = seen.reduce((sum, { row }) => sum + mayBeLeft(row), denials);
  const visible = seen.reduce((sum, one) => sum + one.visible, 0);
  if (last !== undefined && visible > 1 + leftBehind)
    breaches.push(say('apart', last, `${visible} messages are seen, and ${1 + leftBehind} may be`));
  return breaches;
}

const TOLD: ReadonlySet<string> = new Set(['delivered', 'updated']);

function lastOf({ orders }: SeenState): number {
  return Math.max(0, ...orders);
}

function mayBeLeft(row: ReportedRecipient | undefined): number {
  if (row === undefined) return 0;
  return (row.repeats ?? 0) + (row.state === 'unconfirmed' ? 1 : 0);
}

function describe({ state, row, orders, visible }: SeenState): string {
  return `${state.text.slice(-7)} ${row?.state ?? 'no row'} at ${orders.join('/') || '-'}${visible > 0 ? ' seen' : ''}`;
}

/** Taken back, nobody sees it any more, but for a copy that was sent because nobody knew of the first. */
function judgeRecalled(asked: Asked, evidence: Evidence): Breach[] {
  return [...asked.must, ...asked.may].flatMap((person) => {
    const row = rowOf(asked, person.keys, evidence);
    if (asked.isRecalled === true && row !== undefined && isToBeTakenBack(row))
      return [breachOf(asked, person.key, 'was to be taken back, and the report says nothing of it')];
    if (row?.state !== 'recalled') return [];
    const visible = messagesTo(person.conversation, evidence).filter((one) => isVisible(one, asked.text));
    if (visible.length <= (row.repeats ?? 0)) return [];
    return [breachOf(asked, person.key, `is seen ${visible.length} times, and was taken back`)];
  });
}

function breachOf({ id, text }: Asked, conversation: string, what: string): Breach {
  return { rule: 'kept', notification: id, conversation, text: `"${text}": ${what}` };
}

function messagesTo(conversation: string, { messages = [] }: Evidence): readonly SeenMessage[] {
  return messages.filter((message) => message.conversation === conversation);
}

function isVisible({ states, isDeleted }: SeenMessage, text: string): boolean {
  return !isDeleted && states.at(-1)?.text === text;
}

function rowOf({ id }: Asked, keys: readonly string[], { reports }: Evidence): ReportedRecipient | undefined {
  return reports.get(id)?.recipients.find(({ addressee = '' }) => keys.includes(addressee));
}
