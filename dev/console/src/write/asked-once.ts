import * as z from 'zod/mini';
import { readHere, writeHere } from '../shell/kept.ts';

/**
 * What was asked for and may have been done though its answer never came, beside the draft that it was asked for: asking again with
 * the same key does it once, also behind a reload.
 */
const askedShape = z.array(
  z.object({
    of: z.string(),
    key: z.string(),
    /** When it was asked for last; what has no time yet counts from now on. */
    at: z._default(z.number(), () => Date.now()),
  }),
);
type Asked = z.infer<typeof askedShape>;

/** Of so many different wishes it is remembered that they were not answered. */
const MOST = 8;

/** Whoever asks again later than that means it anew. */
const LONGEST_MS = 24 * 3_600_000;

/** The key for a wish: that of the former time where it was not answered. */
export async function keyFor(slot: string, wish: string): Promise<string> {
  const of = await digestOf(wish);
  const asked = askedOf(slot);
  const key = asked.find((one) => one.of === of)?.key ?? crypto.randomUUID();
  const others = asked.filter((one) => one.of !== of);
  write(slot, [...others, { of, key, at: Date.now() }].slice(-MOST));
  return key;
}

/** It was answered: the same wish again is another one. */
export async function wasAnswered(slot: string, wish: string): Promise<void> {
  const of = await digestOf(wish);
  write(
    slot,
    askedOf(slot).filter((one) => one.of !== of),
  );
}

export function forgetAsked(slot: string): void {
  write(slot, []);
}

/** The draft goes by another name from now on. */
export function moveAsked(from: string, to: string): void {
  if (from === to) return;
  write(to, askedOf(from));
  forgetAsked(from);
}

function askedOf(slot: string): Asked {
  const text = readHere(`asked.${slot}`);
  try {
    const found = askedShape.safeParse(JSON.parse(text ?? '[]'));
    return found.success ? found.data.filter(({ at }) => Date.now() - at < LONGEST_MS) : [];
  } catch {
    // Something else wrote it: nothing is known of what was asked.
    return [];
  }
}

function write(slot: string, asked: Asked): void {
  writeHere(`asked.${slot}`, asked.length === 0 ? undefined : JSON.stringify(asked));
}

async function digestOf(wish: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(wish));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
