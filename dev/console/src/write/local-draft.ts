import * as z from 'zod/mini';
import { kept, keptOfTab, namesHere, readHere, writeHere } from '../shell/kept.ts';
import { hrefOf } from '../shell/route.ts';
import { type Form, toMessage } from './message.ts';
import { fromContent } from './opened.ts';

/** What a message that is begun is a copy of, or goes to. */
export interface Beginning {
  readonly copied: string;
  readonly topic: string;
}

/** By what it goes on this device: whatever is begun in another way has a place of its own, and writes over nothing else. */
export function localIdOf(id: string, { copied, topic }: Beginning): string {
  if (copied !== '') return `copy.${copied}`;
  return topic === '' ? id : `topic.${topic}`;
}

/** Where what goes by this id is written on. */
export function placeOf(localId: string): string {
  const [kind = '', of = ''] = localId.split(/\.(.*)/s, 2);
  return kind === 'copy' || kind === 'topic'
    ? hrefOf('write', 'new', { [kind]: of })
    : hrefOf('write', localId);
}

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
  return writeHere(`draft.${id}`, text);
}

export function keptLocally(id: string): (LocalDraft & { readonly form: Form }) | undefined {
  const text = readHere(`draft.${id}`);
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

/**
 * The messages that the server has no draft of, the one that was changed last first: before its drafts are known, those that it never
 * had one of.
 */
export function unsavedOnes(
  drafts: readonly { readonly id: string }[] | undefined,
): readonly (LocalDraft & { readonly id: string; readonly form: Form })[] {
  const isSaved = ({ id, etag }: { id: string; etag?: string | undefined }) =>
    drafts === undefined ? etag !== undefined : drafts.some((draft) => draft.id === id);
  return namesHere('draft.')
    .flatMap((id) => {
      const local = keptLocally(id);
      return local === undefined || isSaved({ id, ...local }) ? [] : [{ id, ...local }];
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** Another tab's stays: only who wrote it decides about it. */
export function forgetLocally(id: string): void {
  keptOfTab.write(`draft.${id}`, undefined);
  if (kept.read(`draft.${id}`) === known.get(id)) kept.write(`draft.${id}`, undefined);
  known.delete(id);
}
