import { z } from 'zod';
import { jsonLayout } from '../../shared/adapters/table/records/json-layout.ts';
import type { KeptRecord } from '../../shared/ports/record-store.ts';
import { aConversation } from './builders.ts';

/** What a kind of the tests keeps for a conversation. A type and not an interface, so that it is JSON by its type. */
export type Note = { readonly text: string };

export const noteLayout = jsonLayout('notes', z.object({ text: z.string() }));

/** Somebody's note on the plan, unless `fields` say otherwise. */
export function aNote(fields: Partial<KeptRecord<Note>> = {}): KeptRecord<Note> {
  const { key: conversation, tenant } = aConversation();
  return { conversation, tenant, key: 'plan', value: { text: 'grün' }, ...fields };
}
