import * as z from 'zod/mini';
import { keptOfTab } from '../shell/kept.ts';
import * as api from '../wire/api.ts';
import type { Answered } from '../wire/http.ts';
import { problemOf } from '../wire/problem.ts';
import type { Draft } from '../wire/shapes.ts';
import { canonical } from './simple-card.ts';

export interface DraftBody {
  readonly name: string;
  readonly content: unknown;
}

const bodyShape = z.object({ name: z.string(), content: z.unknown() });

/** What was asked for and not answered, and what was saved over it, answered or not. */
const makingShape = z.object({ key: z.string(), body: bodyShape, over: z.optional(z.array(bodyShape)) });
type Making = z.infer<typeof makingShape>;

/** With these nothing was made, whatever became of an earlier answer. */
const NOT_MADE = [400, 409, 413, 422];

/**
 * Makes one draft of what is written, however often it is asked for and whatever was written meanwhile: where an answer was lost, the
 * same is asked for again first, also behind a reload, and what changed since is saved over it. One that has become another since
 * was gone on with elsewhere: it stays as it is, and a new one is made.
 */
export async function makeDraft(slot: string, body: DraftBody): Promise<Answered<Draft>> {
  const former = makingOf(slot);
  const making: Making = former ?? { key: crypto.randomUUID(), body };
  const made = await askFor(slot, making);
  const { name, content, id } = made.value;
  const found = { name, content };
  if (former !== undefined && ![making.body, ...(making.over ?? [])].some((one) => isSame(one, found))) {
    keepMaking(slot, undefined);
    return makeDraft(slot, body);
  }
  const isSaved = former === undefined || isSame(body, found);
  if (!isSaved) keepMaking(slot, { ...making, over: [found, body] });
  const saved = isSaved ? made : await api.changeDraft(id, body, made.etag ?? made.value.etag ?? '');
  keepMaking(slot, undefined);
  return saved;
}

/** What is written next at this draft, or beside it, is another one. */
export function forgetMaking(id: string): void {
  keepMaking(id, undefined);
  keepMaking(besideOf(id), undefined);
}

/** Where the own version of a draft is made a draft of its own. */
export function besideOf(id: string): string {
  return `beside.${id}`;
}

async function askFor(slot: string, making: Making): Promise<Answered<Draft>> {
  keepMaking(slot, making);
  try {
    return await api.makeDraft(making.body, making.key);
  } catch (error) {
    if (NOT_MADE.includes(problemOf(error).status)) keepMaking(slot, undefined);
    throw error;
  }
}

function isSame(one: DraftBody, other: DraftBody): boolean {
  return one.name.trim() === other.name.trim() && canonical(one.content) === canonical(other.content);
}

/** For this tab alone: what another tab makes is not this one's to save over. */
function keepMaking(slot: string, making: Making | undefined): void {
  keptOfTab.write(`making.${slot}`, making === undefined ? undefined : JSON.stringify(making));
}

function makingOf(slot: string): Making | undefined {
  try {
    const found = makingShape.safeParse(JSON.parse(keptOfTab.read(`making.${slot}`) ?? 'null'));
    return found.success ? found.data : undefined;
  } catch {
    // Something else wrote it: no draft is being made.
    return undefined;
  }
}
