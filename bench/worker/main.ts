// The app as the Functions worker has it, and nothing that receives messages or serves requests around it.
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createFunctionsCore } from '../../dev/functions-local/core/functions-core.ts';
import { httpInput, serviceBusInput } from '../../dev/functions-local/inputs.ts';
import { answerQuestions } from '../parts/part.ts';
import { cpuOfEach } from '../parts/slices.ts';
import { countFunctions } from './count-functions.ts';
import type { WorkerQuestion } from './part.ts';

/** More than the second in which a channel counts requests. */
const WINDOW_MS = 1500;

const core = createFunctionsCore();

answerQuestions(async (question) => {
  // Only part.ts asks.
  const asked = question as WorkerQuestion;
  if (asked.kind === 'load') {
    // Nothing is listened to here, so the app may run without a bot's identity.
    Object.assign(process.env, asked.settings, { NOTIFIER_LISTENS_ON: '127.0.0.1' });
    await core.load(() => import(pathToFileURL(asked.main).href));
    return undefined;
  }
  if (asked.kind === 'memory') {
    globalThis.gc?.();
    return process.memoryUsage.rss();
  }
  if (asked.kind === 'extent') {
    const runs = asked.runs.map((run) => async () => {
      const input = 'body' in run ? serviceBusInput(run) : httpInput({ method: 'POST', body: run.post });
      await core.invoke(asked.functionName, input);
    });
    for (const run of runs.slice(0, -1)) await run();
    // The channel's window over those is past: it is looked at as one that comes alone.
    await setTimeout(WINDOW_MS);
    return countFunctions(async () => runs.at(-1)?.());
  }
  const left = [...asked.messages];
  return cpuOfEach(
    async () => {
      const body = left.shift();
      await core.invoke(asked.functionName, serviceBusInput({ body }));
    },
    { perSlice: left.length, atOnce: asked.atOnce },
  );
});
