import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One place in the code that writes a log line. */
export interface WrittenEvent {
  readonly event: string;
  readonly level: string;
  readonly file: string;
  /** Fields that are named in the call. What comes in by `...` is not among them. */
  readonly fields: readonly string[];
}

/** Every `log.info('event', {...})` in `functions/` and `shared/`, found in the text. */
export function writtenEvents(): readonly WrittenEvent[] {
  return ['functions', 'shared'].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => eventsIn(readFileSync(join(room, path), 'utf8'), join(room, path))),
  );
}

export function eventsIn(source: string, file: string): readonly WrittenEvent[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
  return [...code.matchAll(/\b#?log\.(info|warn|error)\(\s*'([^']+)'/g)].map((match) => ({
    event: match[2] ?? '',
    level: match[1] ?? '',
    file,
    fields: topLevelKeys(code.slice(match.index + match[0].length)),
  }));
}

/** Keys of the object that follows, up to the end of the call. */
function topLevelKeys(rest: string): readonly string[] {
  const keys: string[] = [];
  let depth = 0;
  let atKey = false;
  for (let at = 0; at < rest.length; at += 1) {
    const character = rest[at] ?? '';
    if ('{(['.includes(character)) {
      depth += 1;
      atKey = depth === 1 && character === '{';
      continue;
    }
    if ('})]'.includes(character)) {
      depth -= 1;
      if (depth <= 0) return keys;
      continue;
    }
    if (depth !== 1) continue;
    if (character === ',') atKey = true;
    else if (atKey && /\S/.test(character)) {
      const key = /^[A-Za-z_]\w*(?=\s*[,:}])/.exec(rest.slice(at))?.[0];
      if (key !== undefined) keys.push(key);
      atKey = false;
    }
  }
  return keys;
}

/** Rows of the tables in `docs/telemetry.md`: event, level and fields. */
export function documentedEvents(): ReadonlyMap<
  string,
  { readonly level: string; readonly fields: readonly string[] }
> {
  const rows = readFileSync('docs/telemetry.md', 'utf8').matchAll(
    /^\| `([a-z0-9.-]+)` \| ((?:info|warn|error|or| )+) \|([^|]*)\|/gm,
  );
  return new Map(
    [...rows].map(([, event = '', level = '', fields = '']) => [
      event,
      { level, fields: [...fields.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '') },
    ]),
  );
}
