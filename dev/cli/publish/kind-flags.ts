import { dataSchema } from '../../../shared/catalog/json-schema.ts';
import { isJsonObject } from '../../../shared/domain/json-object.ts';
import { publishedKinds } from '../../api/kind-schemas.ts';
import type { Flag, Flags } from '../arguments/flags.ts';

/** Fields of `data` that every kind may have, with flags of their own. */
const EVERY_KINDS: ReadonlySet<string> = new Set(['to', 'except', 'text', 'card', 'delivery']);
/** Flags of the command that are about something else: a field of that name is said by `--data-<name>`. */
const TAKEN =
  /^(type|id|source|subject|time|data|mode|max-wait|on-deadline|expires-at|urgent|on-unconfirmed|at|key|to-.*|except-.*|user-channel|file|count|binary|no-check|wait|timeout|connection|namespace|tables.*|url|function-key|stack|json|help)$/;
/** What was called otherwise before there were flags for every field. */
const OTHER_NAMES: { readonly [field: string]: string } = { url: 'link' };

interface Field {
  readonly name: string;
  readonly flag: string;
  readonly form: 'text' | 'number' | 'switch' | 'list';
  /** The types of the kinds that have it. */
  readonly kinds: readonly string[];
}

/** Every field that some kind has of its own and that a flag can say, by the kinds' own schemas. */
const fields: readonly Field[] = collected();

/** One flag for each of them. */
export const kindFlags: Flags = Object.fromEntries(fields.map((field) => [field.flag, flagOf(field)]));

/** The flag that says a field of `data`; `undefined` where none does. */
export function flagOfKindField(name: string): string | undefined {
  return fields.find((field) => field.name === name)?.flag;
}

/** Fields of `data`; what was not given is `undefined`. */
export function fieldsOfKind(flags: { readonly [flag: string]: unknown }): {
  readonly [name: string]: unknown;
} {
  return Object.fromEntries(fields.map(({ name, flag, form }) => [name, given(flags[flag], form)]));
}

function given(value: unknown, form: Field['form']): unknown {
  if (Array.isArray(value) && value.length === 0) return undefined;
  if (form === 'switch') return value === true ? true : undefined;
  return form === 'number' && typeof value === 'string' ? numeric(value) : value;
}

function flagOf({ name, form, kinds }: Field): Flag {
  const about = `${kinds.join(', ')}: "${name}"`;
  if (form === 'switch') return { type: 'boolean', about };
  const value = form === 'number' ? 'NUMBER' : 'TEXT';
  return form === 'list'
    ? { type: 'string', value, multiple: true, about }
    : { type: 'string', value, about };
}

function collected(): readonly Field[] {
  const found = new Map<string, Field>();
  for (const entry of publishedKinds) {
    const { properties } = dataSchema(entry);
    for (const [name, property] of Object.entries(isJsonObject(properties) ? properties : {})) {
      const form = formOf(property);
      if (EVERY_KINDS.has(name) || form === undefined) continue;
      const before = found.get(name);
      if (before !== undefined && before.form !== form) continue;
      const kinds = [...(before?.kinds ?? []), entry.type];
      found.set(name, { name, flag: flagName(name, form), form, kinds });
    }
  }
  return [...found.values()];
}

/** `hotelId` is `--hotel-id`; each of `choices` is a `--choice`. */
function flagName(name: string, form: Field['form']): string {
  const singular = form === 'list' ? name.replace(/s$/, '') : name;
  const flag = singular.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return OTHER_NAMES[name] ?? (TAKEN.test(flag) ? `data-${flag}` : flag);
}

/** How a field is said in a flag; `undefined` for one that only JSON can say. */
function formOf(property: unknown): Field['form'] | undefined {
  if (!isJsonObject(property)) return undefined;
  const { type, anyOf, items } = property;
  const types = Array.isArray(anyOf)
    ? anyOf.map((one: unknown) => (isJsonObject(one) ? one.type : undefined))
    : [type];
  if (types.some((one) => one === 'number' || one === 'integer')) return 'number';
  if (types.every((one) => one === 'boolean')) return 'switch';
  if (types.every((one) => one === 'string')) return 'text';
  return type === 'array' && isJsonObject(items) && items.type === 'string' ? 'list' : undefined;
}

/** A decimal number as such; any other text as it is, for the check to name what is wrong with it. */
function numeric(text: string): number | string {
  return /^-?\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : text;
}
