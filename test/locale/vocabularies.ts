import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { languages } from '../../shared/locale/words.ts';
import { messagesOf } from './messages.ts';
import { samples } from './samples.ts';

/** Everything that the engine, or one kind, says. */
export interface Vocabulary {
  /** The folder of the kind. */
  readonly name: string;
  /** By language, each message under its path. */
  readonly messages: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** What is written alike in each language. */
  readonly alike: readonly string[];
  /** What people say to it or are offered to say, by the file of the kind that reads or offers it. */
  readonly leftOver: { readonly [file: string]: readonly RegExp[] };
  /** What people say to it. */
  readonly commands: readonly string[];
}

interface Spoken {
  readonly languages: { readonly [language: string]: object };
}

interface Sampled {
  readonly samples: unknown;
  readonly alike?: readonly string[];
  readonly leftOver?: Vocabulary['leftOver'];
}

const root = fileURLToPath(new URL('../..', import.meta.url));

const engine = vocabulary(
  'engine',
  { languages },
  { samples, alike: ['recurrence.and[0]', 'recurrence.nthDay[0]'] },
);

/** The kinds whose words are in several languages, each with its samples beside its tests. */
const kinds = await Promise.all(
  readdirSync(join(root, 'shared/kinds')).flatMap((kind) => {
    const words = join(root, 'shared/kinds', kind, 'words/words.ts');
    return existsSync(words) ? [ofKind(kind, words)] : [];
  }),
);

export const vocabularies: readonly Vocabulary[] = [engine, ...kinds];

async function ofKind(kind: string, words: string): Promise<Vocabulary> {
  const spoken: Spoken = await import(pathToFileURL(words).href);
  const sampled: Sampled = await import(
    pathToFileURL(join(root, 'test/kinds', kind, 'word-samples.ts')).href
  );
  return vocabulary(kind, spoken, sampled);
}

function vocabulary(
  name: string,
  spoken: Spoken,
  { samples: calls, alike = [], leftOver = {} }: Sampled,
): Vocabulary {
  const { en = {} } = spoken.languages;
  const commands = 'commands' in en ? Object.keys(Object(en.commands)) : [];
  const messages = Object.entries(spoken.languages).map(
    ([language, words]) => [language, messagesOf(words, calls)] as const,
  );
  return { name, messages: new Map(messages), alike, leftOver, commands };
}
