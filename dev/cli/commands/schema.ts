import { kindSchema, publishedKinds } from '../../api/kind-schemas.ts';
import { didYouMean } from '../arguments/nearest-name.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import { printJson } from '../output/print.ts';

export const command = defineCommand({
  summary: "Prints the JSON Schema of a kind's data.",
  words: [{ name: 'type', optional: true }],
  flags: {},
  notes: 'Without a type: the schemas of all kinds, by their types. It is JSON in either case.',
  examples: ['schema build.finished', 'schema'],

  async run({ words }, io) {
    const [type] = words;
    if (type === undefined) {
      printJson(io, Object.fromEntries(publishedKinds.map((entry) => [entry.type, kindSchema(entry)])));
      return ExitStatus.ok;
    }
    const entry = publishedKinds.find((each) => each.type === type);
    const types = publishedKinds.map((each) => each.type);
    if (entry === undefined) {
      throw new UsageError(
        `"${type}" is no kind of notification (there are ${types.join(', ')})${didYouMean(type, types)}`,
      );
    }
    printJson(io, kindSchema(entry));
    return ExitStatus.ok;
  },
});
