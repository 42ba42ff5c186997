import { kindSchema } from '../../../shared/catalog/json-schema.ts';
import { didYouMean } from '../../../shared/domain/nearest-name.ts';
import { asyncapi } from '../../api/asyncapi.ts';
import { productVersion } from '../../api/documents.ts';
import { publishedKinds } from '../../api/kind-schemas.ts';
import { openapi } from '../../api/openapi.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import { printJson } from '../output/print.ts';

export const command = defineCommand({
  summary: "Prints the JSON Schema of a kind's data.",
  words: [{ name: 'type', optional: true }],
  flags: {
    openapi: { type: 'boolean', about: 'the HTTP interface with all kinds, as OpenAPI' },
    asyncapi: { type: 'boolean', about: 'the queues with all kinds, as AsyncAPI' },
  },
  notes:
    'Without a type: the schemas of all kinds, by their types. It is JSON in either case. docs/api describes the kinds of the product alone; --openapi and --asyncapi those of app/ too.',
  examples: ['schema build.finished', 'schema', 'schema --openapi > my-api.json'],

  async run({ words, flags }, io) {
    const [type] = words;
    if (flags.openapi || flags.asyncapi) {
      if (type !== undefined || (flags.openapi && flags.asyncapi))
        throw new UsageError('--openapi and --asyncapi describe all kinds: give one of them, and no type');
      const describes = flags.openapi ? openapi : asyncapi;
      printJson(io, describes(productVersion(), publishedKinds));
      return ExitStatus.ok;
    }
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
