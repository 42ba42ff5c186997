import * as z from 'zod/mini';
import { readHere, writeHere } from '../shell/kept.ts';
import * as api from '../wire/api.ts';
import type { Answered } from '../wire/http.ts';
import { problemOf } from '../wire/problem.ts';
import type { Draft } from '../wire/shapes.ts';

export interface DraftBody {
  readonly name: string;
  readonly content: unknown;
}

const makingShape = z.object({ key: z.string(), body: z.object({ name: z.string(), content: z.unknown() }) });

/** With these nothing was made, whatever became of an earlier answer. */
const NOT_MADE = [400, 409, 413, 422];

/**
 * Makes one draft of what is written, however often it is asked for and whatever was written meanwhile: where an answer was lost, the
 * same is asked for again first, also behind a reload, and what changed since is saved over it.
 */
export async function makeDraft(slot: string, body: DraftBody): Promise<Answered<Draft>> {
  const making = makingOf(slot) ?? { key: crypto.randomUUID(), body };
  writeHere(`making.${slot}`, JSON.stringify(making));
  try {
    const made = await api.makeDraft(making.body, making.key);
    const { value, etag = value.etag ?? '' } = made;
    const isSame = JSON.stringify(making.body) === JSON.stringify(body);
    const saved = isSame ? made : await api.changeDraft(value.id, body, etag);
    writeHere(`making.${slot}`, undefined);
    return saved;
  } catch (error) {
    if (NOT_MADE.includes(problemOf(error).status)) writeHere(`making.${slot}`, undefined);
    throw error;
  }
}

function makingOf(slot: string): z.infer<typeof makingShape> | undefined {
  try {
    const found = makingShape.safeParse(JSON.parse(readHere(`making.${slot}`) ?? 'null'));
    return found.success ? found.data : undefined;
  } catch {
    // Something else wrote it: no draft is being made.
    return undefined;
  }
}
