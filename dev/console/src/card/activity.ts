import { textOf } from '../parts/format.ts';

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';

/** What people see of an activity. */
export interface Seen {
  readonly text?: string;
  readonly cards: readonly unknown[];
  /** Cards of other kinds, by what stands on them. */
  readonly others: readonly {
    readonly title?: string;
    readonly text?: string;
    readonly buttons: readonly string[];
  }[];
  readonly suggested: readonly string[];
}

export function seenOf(activity: unknown): Seen {
  const text = textOf(activity, 'text');
  const attachments = listIn(activity, 'attachments');
  const isAdaptive = (one: unknown) => textOf(one, 'contentType') === ADAPTIVE;
  return {
    ...(text === undefined ? {} : { text }),
    cards: attachments.filter(isAdaptive).map((one) => fieldOf(one, 'content')),
    others: attachments
      .filter((one) => !isAdaptive(one))
      .map((one) => {
        const content = fieldOf(one, 'content');
        const title = textOf(content, 'title') ?? textOf(one, 'name') ?? textOf(one, 'contentType');
        const words = textOf(content, 'text') ?? textOf(content, 'subtitle');
        return {
          ...(title === undefined ? {} : { title }),
          ...(words === undefined ? {} : { text: words }),
          buttons: titlesOf(listIn(content, 'buttons')),
        };
      }),
    suggested: titlesOf(listIn(fieldOf(activity, 'suggestedActions'), 'actions')),
  };
}

function titlesOf(actions: readonly unknown[]): readonly string[] {
  return actions.flatMap((action) => textOf(action, 'title') ?? []);
}

function fieldOf(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;
}

function listIn(from: unknown, name: string): readonly unknown[] {
  const value = fieldOf(from, name);
  return Array.isArray(value) ? value : [];
}
