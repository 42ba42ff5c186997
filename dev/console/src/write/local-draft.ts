import * as z from 'zod/mini';
import { kept, keptOfTab } from '../shell/kept.ts';
import { type Form, fromContent, toMessage } from './message.ts';

/** What is written and not saved, as this device keeps it. */
export interface LocalDraft {
  readonly name: string;
  readonly content: unknown;
  /** The version on the server that it began with. */
  readonly etag?: string | undefined;
  readonly at: string;
}

const shape = z.object({
  name: z.string(),
  content: z.unknown(),
  etag: z.optional(z.string()),
  at: z.string(),
});

/** What this page wrote or read last of each: what another tab wrote since is not its own. */
const known = new Map<string, string>();

/** Keeps it for every tab and for this one: tabs at one draft write over each other's, not over the tab's own. Gives whether it is kept. */
export function keepLocally(
  id: string,
  { name, form, etag }: { name: string; form: Form; etag?: string | undefined },
) {
  const local: LocalDraft = { name, content: toMessage(form), etag, at: new Date().toISOString() };
  const text = JSON.stringify(local);
  known.set(id, text);
  keptOfTab.write(`draft.${id}`, text);
  return kept.write(`draft.${id}`, text);
}

export function keptLocally(id: string): (LocalDraft & { readonly form: Form }) | undefined {
  const text = keptOfTab.read(`draft.${id}`) ?? kept.read(`draft.${id}`);
  if (text === undefined) return undefined;
  known.set(id, text);
  try {
    const found = shape.safeParse(JSON.parse(text));
    if (!found.success) return undefined;
    return { ...found.data, form: fromContent(found.data.content) };
  } catch {
    // Something else wrote it: it is no draft, and the server's stands.
    return undefined;
  }
}

/** Another tab's stays: only who wrote it decides about it. */
export function forgetLocally(id: string): void {
  keptOfTab.write(`draft.${id}`, undefined);
  if (kept.read(`draft.${id}`) === known.get(id)) kept.write(`draft.${id}`, undefined);
  known.delete(id);
}
