// The app as the Functions worker has it: the bundle, and nothing that receives messages or serves requests around it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createFunctionsCore } from '../../dev/functions-host/core/functions-core.ts';
import { serviceBusInput } from '../../dev/functions-host/inputs.ts';
import { answerQuestions } from '../parts/part.ts';
import { cpuOfEach } from '../parts/slices.ts';
import type { WorkerQuestion } from './part.ts';

const core = createFunctionsCore();

answerQuestions(async (question) => {
  // Only part.ts asks.
  const asked = question as WorkerQuestion;
  if (asked.kind === 'load') {
    Object.assign(process.env, asked.settings);
    await core.load(() => import(pathToFileURL(join(asked.appDir, 'main.mjs')).href));
    return undefined;
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
