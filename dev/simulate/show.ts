import { count, span } from '../cli/output/numbers.ts';
import type { LocalRun } from './local/local-run.ts';
import type { LocalNoisyRun } from './local/noise.ts';
import type { NoisyRun } from './paper/noisy-run.ts';
import type { PaperRun } from './paper/paper-run.ts';
import type { Waits } from './waits.ts';

type Fields = readonly (readonly [string, string])[];

/** The figures of the model, for a person. */
export function paperFields(result: PaperRun): Fields {
  return [
    ['took', `${span(result.took)} (simulated)`],
    ["share of the channel's rate", percent(result.shareOfRate)],
    ['refused with 429', count(result.throttled)],
    ['told', outcomes(result.outcomes)],
    ['lost, repeated', `${count(result.lost)}, ${count(result.repeated)}`],
    ['single notifications', waits(result.singles)],
    ...(result.byClock === undefined
      ? []
      : [
          ['told before their time', count(result.byClock.early)] as const,
          [
            'the last of a zone',
            `${span(result.byClock.beyondRate)} after what its people take at that rate`,
          ] as const,
        ]),
    ['jobs', count(result.jobs)],
    [
      'for each recipient',
      `${result.perRecipient.tableRequests} requests to the tables, ${result.perRecipient.messages} messages sent and settled`,
    ],
  ];
}

/** What was measured on a stack, for a person. */
export function localFields(result: LocalRun): Fields {
  return [
    ['took', `${span(result.took)}${result.complete ? '' : ', and was not over in time'}`],
    ["share of the channel's rate", `${percent(result.shareOfRate)} in ${span(result.sending)}`],
    ['refused with 429', `${count(result.throttled)} (${count(result.breaches)} beyond a limit)`],
    ['told', outcomes(result.outcomes)],
    ['lost, repeated', `${count(result.lost)}, ${count(result.repeated)}`],
    ['single notifications', waits(result.singles)],
  ];
}

/** What one noisy conversation got, and what it cost the others, for a person. */
export function noisyFields(result: NoisyRun | LocalNoisyRun): Fields {
  return [
    ['shown to that person', `${result.shownPerSecond} a second`],
    ['refused with 429', count(result.throttled)],
    ['lost', count(result.lost)],
    ...('repeated' in result ? [['repeated', count(result.repeated)] as const] : []),
    ...('looks' in result ? [['looked at', `${result.looks} times a message`] as const] : []),
    ['others, without noise', waits(result.idle)],
    ['others, behind the crowd', waits(result.behindTheCrowd)],
    ['others, while it waits', waits(result.singles)],
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function outcomes(counts: { readonly [outcome: string]: number }): string {
  return Object.entries(counts)
    .map(([outcome, each]) => `${count(each)} ${outcome}`)
    .join(', ');
}

function waits({ count: times, p50, p99, worst }: Waits): string {
  if (times === 0) return 'none';
  return `${count(times)}, half within ${span(p50)}, 99 % within ${span(p99)}, the slowest ${span(worst)}`;
}
