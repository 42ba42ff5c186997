import { type Mutation, mutationsIn } from '../mutation.ts';

const tests = [['test/numbers.test.ts', 'test/use-cases/cancel']] as const;

/** That a cancelled notification reaches nobody any more. */
export const mutations: readonly Mutation[] = [
  ...mutationsIn('shared/domain/event/cancellation.ts', tests, [
    [
      'what is accepted a month after the cancel of its name is cancelled',
      'cancellation !== undefined && acceptedAt <= cancellation.at + REMEMBERED',
      'cancellation !== undefined',
    ],
    [
      'requests begin ten seconds after a cancel',
      'EFFECTIVE_AFTER: Duration = seconds(2)',
      'EFFECTIVE_AFTER: Duration = seconds(10)',
    ],
    [
      'a worker hears of a cancel after ten seconds',
      'KNOWN_WITHIN: Duration = seconds(1)',
      'KNOWN_WITHIN: Duration = seconds(10)',
    ],
  ]),
  ...mutationsIn('shared/use-cases/cancel', tests, [
    [
      'the groups of a cancelled one are walked on',
      'advanceWalk({ ...walk, done: true })',
      'advanceWalk({ ...walk })',
    ],
    ['who is held back hears of no cancel', 'await deps.deliveries.sendCalls([{ message }]);', ''],
  ]),
];
