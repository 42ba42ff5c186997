import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addressesOf } from '../../../dev/stack/addresses.ts';
import { channelPart } from '../../../dev/stack/part-specs.ts';
import { welcome } from '../../../dev/stack/welcome.ts';
import { answer } from '../../../shared/chat/answer.ts';
import { operatorsConsole } from '../../../shared/chat/commands/operators-console.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { aWorld } from '../../support/world.ts';

const ports = { functions: 7071, broker: 5672, tables: 10002, channel: 56150 };
const addresses = addressesOf(ports, true);
const address = 'http://127.0.0.1:7071/api/console';

it('names the console in what npm start prints', () => {
  const details = { queues: ['events'], dataDir: '.local', usualDataDir: '.local', overridden: [] };
  expect(welcome(addresses, details).split('\n')).toContain(`  Console        ${address}`);
});

it('proposes on the chat page to ask the bot for it', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'names-the-console-'));
  const { args } = await channelPart({ ports, addresses, dataDir, environment: {}, verbose: false }, {});
  await rm(dataDir, { recursive: true });
  expect(args).toContain('console|konsole');
});

it.each(['console', 'konsole', 'open console'])('has the bot say where it is: %s', async (said) => {
  const world = aWorld();
  const { deps } = await everyCommand(world);
  const chat = aChat({
    world,
    more: { answer: answer({ ...deps, commands: [operatorsConsole(address)] }) },
  });
  await chat.says('hello');
  expect(await chat.hears(said)).toContain(address);
  expect(await chat.hears('help')).toContain('console');
});
