import type { Screen } from '../cli/io.ts';
import { count, counted, span } from '../cli/output/numbers.ts';
import type { Style } from '../cli/output/style.ts';
import { fields, table } from '../cli/output/table.ts';
import type { CampaignResult, Finding } from './campaign.ts';
import { RULES } from './judgement/judge.ts';

/** Broken promises that are told in full; more of the same say nothing new. */
const MOST_TOLD = 10;

/** What a campaign found, for a person. */
export function summary(result: CampaignResult, layout: { screen: Screen; style: Style }): string {
  const { style } = layout;
  const faults = Object.entries(result.faults).map(([kind, times]) => [kind, count(times)]);
  const zero = (value: number) => (value === 0 ? style.green('0') : style.red(count(value)));
  const parts = [
    table([{ title: 'Fault' }, { title: 'Injected', align: 'right' }], faults, layout),
    fields(
      [
        ['Deliveries', count(result.deliveries)],
        ['Outcomes', outcomesOf(result)],
        ['Lost', zero(result.lost)],
        ['Repeated, allowed', `${count(result.repeated.allowed)} (unknown result, under resend)`],
        ['Repeated, not allowed', zero(result.repeated.notAllowed)],
        ['Promises broken', zero(result.findings.length)],
        ['Dead letters', count(result.deadLetters)],
        ['Rounds', count(result.rounds)],
        ['Wall time', span(result.wallMs)],
        ['Seed', String(result.seed)],
      ],
      style,
    ),
    ...result.findings.slice(0, MOST_TOLD).map((finding) => tell(finding, style)),
  ];
  const untold = result.findings.length - MOST_TOLD;
  if (untold > 0) parts.push(`... and ${counted(untold, 'more', 'more')}; --json gives all of them.\n`);
  return parts.join('\n');
}

function outcomesOf({ outcomes }: CampaignResult): string {
  return Object.entries(outcomes)
    .map(([outcome, times]) => `${outcome} ${count(times)}`)
    .join(', ');
}

function tell({ rule, notification, conversation, text, sequence }: Finding, style: Style): string {
  return [
    style.red(`${RULES[rule]}`),
    `  ${text}`,
    `  delivery ${notification}${conversation === undefined ? '' : `.${conversation}`}`,
    ...sequence.map((line) => `    ${new Date(line.at).toISOString().slice(11)} ${line.by}: ${line.text}`),
    '',
  ].join('\n');
}
