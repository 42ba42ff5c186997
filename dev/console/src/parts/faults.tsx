import type { Fault } from '../wire/problem.ts';
import { useWords, type Words } from '../words/words.ts';
import { type Format, useFormat } from './format.ts';

/** What is wrong, one line each: where by the name of the field, and the rule in the language of the page. */
export function Faults({ faults }: { readonly faults: readonly Fault[] }) {
  const { faults: words } = useWords();
  const format = useFormat();
  if (faults.length === 0) return null;
  return (
    <ul class="faults">
      {faults.map((fault) => {
        const { field, rest } = placeOf(fault.path ?? '', words);
        return (
          <li>
            {field !== undefined && <b>{field}</b>} {rest !== '' && <code>{rest}</code>}{' '}
            {ruleOf(fault, words, format)}
          </li>
        );
      })}
    </ul>
  );
}

/** A fault as one line of text. */
export function lineOf(fault: Fault, words: Words['faults'], format: Format): string {
  const { field, rest } = placeOf(fault.path ?? '', words);
  return [field, rest, ruleOf(fault, words, format)].filter(Boolean).join(' ');
}

/** The field of the page that a path is about, and what of the path lies below it. */
function placeOf(path: string, words: Words['faults']): { readonly field?: string; readonly rest: string } {
  // What is not found says the sentence above, and the rule names it.
  if (path === 'id' || path === 'key') return { rest: '' };
  const [, index] = /^entries\[(\d+)\]$/.exec(path) ?? [];
  if (index !== undefined) return { field: words.entry(String(Number(index) + 1)), rest: '' };
  for (const [name, field] of Object.entries(words.field)) {
    const known = `data.${name}`;
    const rest = path.slice(known.length);
    if (path.startsWith(known) && /^($|[.[])/.test(rest)) return { field, rest: rest.replace(/^\./, '') };
  }
  return { rest: path };
}

function ruleOf({ rule = '', message, values = {} }: Fault, words: Words['faults'], format: Format): string {
  const said = Object.hasOwn(words.rules, rule) ? words.rules[rule] : undefined;
  if (said === undefined) return message;
  const shown = Object.entries(values).map(([name, value]) => [name, valueAs(rule, value, format)]);
  return said(Object.fromEntries(shown));
}

function valueAs(rule: string, value: string | number, format: Format): string {
  if (typeof value === 'number') return rule === 'too-large' ? format.size(value) : format.number(value);
  return /^\d{4}-\d\d-\d\dT/.test(value) ? format.exactTime(value) : value;
}
