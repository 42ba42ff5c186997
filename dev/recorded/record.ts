// Usage: node dev/run.mjs dev/recorded/record.ts [--release COMMIT] [--out FILE]
//
// Records what one release leaves behind when it is stopped in the middle of its work: its built package runs on a local
// stack of its own, people talk, services publish, the channel fails; then the app is stopped where it stands, and
// tables, queues and the channel's journal are written into one file. Takes two minutes.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tableNames } from '../../shared/kinds/catalog.ts';
import { queues } from '../../shared/manifest.ts';
import { formerApp } from '../former/former-app.ts';
import { FORMER_RELEASE } from '../former/former-release.mjs';
import { withFreePorts } from '../stack/ports.mjs';
import { type Stack, startStack } from '../stack/stack.ts';
import { channelJournal } from './folk.ts';
import { readQueues } from './queues.ts';
import { Stage } from './stage.ts';
import { type RecordedStore, writeRecordedStore } from './store-file.ts';
import { publishToNobody, STORY_MS, tell } from './story.ts';
import { readTables } from './tables.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A Monday morning, five seconds past the minute: the ticks of the minutes come at the same moments of the story. */
const BEGINS_AT = Date.UTC(2026, 10, 30, 8, 0, 5);

/** Short ones, so that whoever waits for the end of a claim need not wait for a minute; a rate at which a walk lasts. */
const SETTINGS = {
  NOTIFIER_SEND_TIMEOUT: '10s',
  NOTIFIER_CLAIM_LEASE: '20s',
  NOTIFIER_REQUESTS_PER_SECOND: '4',
  NOTIFIER_BURST: '3/60s',
};

/** What has to be under way when the app is stopped is so for a few seconds only. */
const MOST_LATE_MS = 1500;

/** Records the release at `commit`. */
export async function record(commit: string): Promise<RecordedStore> {
  const folder = await mkdtemp(join(tmpdir(), 'notifier-record-'));
  const appDir = await formerApp(commit);
  const ports = await withFreePorts({ functions: 0, broker: 0, tables: 0, channel: 0 });
  await mkdir(join(folder, 'channel'));
  const journal = join(folder, 'channel', 'channel.jsonl');
  await writeFile(journal, jsonLines(channelJournal()));
  let stack: Stack | undefined;
  let stage: Stage | undefined;
  try {
    stack = await startStack({
      ports,
      appDir,
      dataDir: folder,
      channelArgs: ['--no-limits'],
      startsAt: BEGINS_AT,
      env: SETTINGS,
    });
    stage = new Stage(stack);
    const stopsAt = BEGINS_AT + STORY_MS;
    await tell(stage, stopsAt);
    const late = stack.now() - stopsAt;
    if (late > MOST_LATE_MS) {
      throw new Error(
        `The story took ${late} ms longer than it may; record it on a machine that does nothing else.`,
      );
    }
    await stage.until(stopsAt);
    // It stands still and holds what it holds; nothing that it would do at its end is done.
    process.kill(pidOf(stack), 'SIGSTOP');
    const stoppedAt = stack.now();
    await publishToNobody(stage);
    return {
      release: commit,
      stoppedAt,
      channel: stack.addresses.channel ?? '',
      settings: {
        NOTIFIER_CLAIM_LEASE: SETTINGS.NOTIFIER_CLAIM_LEASE,
        NOTIFIER_SEND_TIMEOUT: SETTINGS.NOTIFIER_SEND_TIMEOUT,
      },
      rows: await readTables({ connectionString: stack.addresses.tables }, tableNames),
      messages: await readQueues(
        stack.addresses.serviceBus,
        queues.map(({ name }) => name),
      ),
      channelJournal: (await readFile(journal, 'utf8'))
        .split('\n')
        .filter((text) => text !== '')
        // Written by the channel: one JSON object with `t` a line.
        .map((text) => JSON.parse(text) as RecordedStore['channelJournal'][number]),
      notifications: stage.published,
    };
  } finally {
    await stage?.close();
    await stack?.stop(true);
    await rm(folder, { recursive: true, force: true });
  }
}

function pidOf(stack: Stack): number {
  const pid = stack.pid('functions');
  if (pid === undefined)
    throw new Error('The functions host is down at the moment at which it is to be stopped.');
  return pid;
}

function jsonLines(records: readonly object[]): string {
  return records.map((one) => `${JSON.stringify(one)}\n`).join('');
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { release: { type: 'string', default: FORMER_RELEASE }, out: { type: 'string' } },
  });
  const out = values.out ?? join(root, 'test', 'upgrade', 'stores', `${values.release.slice(0, 7)}.jsonl.gz`);
  const store = await record(values.release);
  const bytes = writeRecordedStore(out, store);
  console.log(
    `Recorded ${relative(process.cwd(), out)}: ${store.rows.length} rows, ${store.messages.length} messages, ${bytes} bytes`,
  );
}
