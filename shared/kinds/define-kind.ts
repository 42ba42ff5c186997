import type { z } from 'zod';
import type { CatalogEntry, Planned, Reader } from '../catalog/entry.ts';
import { check } from '../catalog/schema.ts';
import type { Command } from '../chat/commands/command.ts';
import type { Dialog } from '../chat/dialogs/dialog.ts';
import type { DialogEntry } from '../chat/dialogs/dialog-book.ts';
import { defined } from '../domain/defined.ts';
import type { Content, JsonObject } from '../domain/event/notification.ts';
import type { Topic } from '../domain/event/topic.ts';
import type { Fault, Parsed } from '../domain/fault.ts';
import type { Kind, World } from './kind.ts';

type Typed = 'schema' | 'plan' | 'render' | 'thing' | 'topicOf' | 'sourceName' | 'question' | 'answered';

/** A kind of notification, whose parts are given `data` as the schema reads it. */
export interface KindOf<Schema extends z.ZodObject>
  extends Omit<CatalogEntry, Typed>,
    Pick<Kind, 'tables' | 'dialogs' | 'hints' | 'open'> {
  /** Whom it reaches. A fault has its path below `data`: `service`, not `data.service`. */
  plan(data: z.output<Schema>): Planned | { readonly faults: readonly Fault[] };
  /** What a person is shown. Called right before each send, and again for a repeat: it depends on its arguments alone. */
  render(data: z.output<Schema>, reader: Reader): Content;
  /** The topic whose subscribers it reaches: by it people mute and unsubscribe. */
  topicOf?(data: z.output<Schema>): Parsed<Topic> | Topic | undefined;
  /** What it is about beside its topic, by a name that its kind's commands give as well. */
  thing?(data: z.output<Schema>): string | undefined;
  sourceName?(data: z.output<Schema>): string | undefined;
  question?(data: z.output<Schema>): ReturnType<NonNullable<CatalogEntry['question']>>;
  answered?(
    data: z.output<Schema>,
    answer: { readonly choice: string },
  ): ReturnType<NonNullable<CatalogEntry['answered']>>;
}

/**
 * A kind of notification from its schema and its parts. `data` is read once for each object, and every part gets what was
 * read.
 *
 * ```ts
 * export const canteen = defineKind(z.object({ dish: z.string().max(200) }), {
 *   type: 'canteen.opened',
 *   title: () => 'Canteen',
 *   example: { dish: 'Dumplings' },
 *   plan: () => ({ to: [{ everyone: true }], delivery: {} }),
 *   render: ({ dish }) => ({ text: `Today there is **${dish}**.` }),
 * });
 * ```
 */
export function defineKind<Schema extends z.ZodObject>(schema: Schema, kind: KindOf<Schema>): Kind {
  const { tables, dialogs, hints, open, ...entry } = kind;
  const { plan, render, thing, topicOf, sourceName, question, answered, ...rest } = entry;
  const read = reading(schema);
  const notification: CatalogEntry = {
    ...rest,
    schema,
    plan(data) {
      const checked = check(schema, data);
      if (!checked.ok) return checked;
      const planned = plan(checked.value as z.output<Schema>);
      return 'faults' in planned
        ? { ok: false, faults: planned.faults.map(belowData) }
        : { ok: true, value: planned };
    },
    render: (data, reader) => render(read(data) ?? schema.parse(data), reader),
    ...defined({
      topicOf: topicOf && ofRead((data) => topicIn(topicOf(data))),
      thing: ofRead(thing),
      sourceName: ofRead(sourceName),
      question: ofRead(question),
      answered: ofRead(answered),
    }),
  };
  return {
    name: rest.type,
    notification,
    ...(tables && { tables }),
    ...(dialogs && { dialogs }),
    ...(hints && { hints }),
    ...(open && { open }),
  };

  /** The part for `data` as it is stored. Of what was forgotten since, nothing can be read, and nothing is asked. */
  function ofRead<More extends readonly unknown[], Result>(
    part: ((data: z.output<Schema>, ...more: More) => Result | undefined) | undefined,
  ) {
    if (part === undefined) return undefined;
    return (data: JsonObject, ...more: More): Result | undefined => {
      const value = read(data);
      return value === undefined ? undefined : part(value, ...more);
    };
  }
}

/** One command that stands by itself. */
export function defineCommand(command: Command | ((world: World) => Command)): Kind {
  const open: Kind['open'] = (world) => ({
    commands: async () => [typeof command === 'function' ? command(world) : command],
  });
  return { name: command.name, open };
}

/** One dialog that stands by itself, and what people see of it before they begin it. */
export function defineDialog<Answers extends JsonObject>(
  dialog: Dialog<Answers> & Omit<DialogEntry, 'name' | 'load'>,
): Kind {
  return { name: dialog.name, dialogs: [{ ...dialog, load: async () => dialog }] };
}

/** Reads each object once; `undefined` for what `plan` would not accept. */
function reading<Schema extends z.ZodObject>(
  schema: Schema,
): (data: JsonObject) => z.output<Schema> | undefined {
  const known = new WeakMap<JsonObject, { readonly value: z.output<Schema> | undefined }>();
  return (data) => {
    const before = known.get(data);
    if (before !== undefined) return before.value;
    const value = schema.safeParse(data).data;
    known.set(data, { value });
    return value;
  };
}

function topicIn(topic: Parsed<Topic> | Topic | undefined): Topic | undefined {
  if (topic === undefined || typeof topic === 'string') return topic;
  return topic.ok ? topic.value : undefined;
}

function belowData(fault: Fault): Fault {
  return { ...fault, path: fault.path === '' ? 'data' : `data.${fault.path}` };
}
