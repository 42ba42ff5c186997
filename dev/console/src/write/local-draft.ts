import * as z from 'zod/mini';
import { kept } from '../shell/kept.ts';
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

/** Gives whether the browser keeps it. */
export function keepLocally(
  id: string,
  { name, form, etag }: { name: string; form: Form; etag?: string | undefined },
) {
  const local: LocalDraft = { name, content: toMessage(form), etag, at: new Date().toISOString() };
  return kept.write(`draft.${id}`, JSON.stringify(local));
}

export function keptLocally(id: string): (LocalDraft & { readonly form: Form }) | undefined {
  const text = kept.read(`draft.${id}`);
  if (text === undefined) return undefined;
  try {
    const found = shape.safeParse(JSON.parse(text));
    if (!found.success) return undefined;
    return { ...found.data, form: fromContent(found.data.content) };
  } catch {
    // Something else wrote it: it is no draft, and the server's stands.
    return undefined;
  }
}

export function forgetLocally(id: string): void {
  kept.write(`draft.${id}`, undefined);
}
