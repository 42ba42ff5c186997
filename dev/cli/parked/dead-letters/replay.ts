import type { ServiceBusClient } from '@azure/service-bus';
import { CommandFailed, ExitStatus } from '../../command.ts';
import { brokerTarget, type ConnectionValues } from '../../connection/addresses.ts';
import { withBroker } from '../../connection/service-bus.ts';
import type { Io } from '../../io.ts';
import { counted } from '../../output/numbers.ts';
import { printJson } from '../../output/print.ts';
import { Progress } from '../../output/progress.ts';
import { cloneOf } from './clone.ts';
import { chosenQueues, type DeadLetterId, formatDeadLetterId, readDeadLetterId } from './dead-letter-id.ts';
import { peekDeadLetter, peekDeadLetters, sequenceOf } from './peek.ts';
import { takeDeadLetters, type Wanted } from './take.ts';

interface ReplayFlags extends ConnectionValues {
  readonly json: boolean;
  readonly 'dry-run': boolean;
  readonly queue?: string | undefined;
}

/**
 * `parked replay --source dlq`: puts dead letters back on their queue. The copy is sent first and the dead letter
 * completed after it, so that a crash in between sends it twice and loses nothing; every message of this app stands
 * being sent twice. Only what is there now is replayed: what fails again is for the next time.
 *
 * @param text one dead letter; absent: all of `--queue`, or of every queue
 */
export async function replayDeadLetters(
  text: string | undefined,
  flags: ReplayFlags,
  io: Io,
): Promise<ExitStatus> {
  const one = text === undefined ? undefined : readDeadLetterId(text, flags.queue);
  const queues = one === undefined ? chosenQueues(flags.queue) : [one.queue];
  const replayed: string[] = [];
  const missed: string[] = [];
  await withBroker(brokerTarget(flags, io), async (client) => {
    const progress = new Progress(io);
    for (const queue of queues) {
      const wanted = one === undefined ? await allOf(client, queue) : await justOne(client, one);
      if (flags['dry-run']) {
        replayed.push(...[...wanted.sequences].map((sequence) => formatDeadLetterId(queue, sequence)));
        continue;
      }
      const left = await replayQueue(client, wanted, (sequence) => {
        replayed.push(formatDeadLetterId(queue, sequence));
        progress.say(`replayed ${counted(replayed.length, 'dead letter')}`);
      });
      missed.push(...[...left].map((sequence) => formatDeadLetterId(queue, sequence)));
    }
    progress.end();
  });
  if (flags.json) printJson(io, { dryRun: flags['dry-run'], replayed, missed });
  else {
    for (const id of replayed)
      io.out.write(`${id}  ${flags['dry-run'] ? 'would go' : 'went'} back on its queue\n`);
    if (replayed.length + missed.length === 0) io.out.write('There are no dead letters.\n');
  }
  if (missed.length === 0) return ExitStatus.ok;
  throw new CommandFailed(
    `${counted(missed.length, 'dead letter')} could not be taken (${missed.slice(0, 5).join(', ')}): somebody else holds them; try again in a minute`,
  );
}

async function replayQueue(
  client: ServiceBusClient,
  wanted: Wanted,
  onReplayed: (sequence: string) => void,
): Promise<ReadonlySet<string>> {
  if (wanted.sequences.size === 0) return wanted.sequences;
  const sender = client.createSender(wanted.queue);
  try {
    return await takeDeadLetters(client, wanted, async (message, receiver) => {
      await sender.sendMessages(cloneOf(message));
      await receiver.completeMessage(message);
      onReplayed(sequenceOf(message));
    });
  } finally {
    await sender.close();
  }
}

async function allOf(client: ServiceBusClient, queue: string): Promise<Wanted> {
  const sequences = new Set<string>();
  for await (const message of peekDeadLetters(client, queue)) sequences.add(sequenceOf(message));
  return { queue, sequences, lastPlace: sequences.size };
}

async function justOne(client: ServiceBusClient, id: DeadLetterId): Promise<Wanted> {
  const { place } = await peekDeadLetter(client, id);
  return { queue: id.queue, sequences: new Set([id.sequence]), lastPlace: place };
}
