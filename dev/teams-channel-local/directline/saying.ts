import { z } from 'zod';
import type { Saying } from '../bot/activities.ts';
import { HttpError } from '../http/errors.ts';

const sayingShape = z.looseObject({
  from: z.looseObject({ id: z.string(), name: z.string().nullish() }).nullish(),
  type: z.string().default('message'),
  text: z.string().nullish(),
  textFormat: z.string().nullish(),
  value: z.unknown().optional(),
  name: z.string().nullish(),
  attachments: z.array(z.unknown()).nullish(),
  entities: z.array(z.unknown()).nullish(),
  channelData: z.record(z.string(), z.unknown()).nullish(),
  replyToId: z.string().nullish(),
  recipient: z.looseObject({ isTargeted: z.boolean().nullish() }).nullish(),
});

/** Reads what a Direct Line client posts, and in whose name. Throws HttpError 400 that names every fault. */
export function readPost(value: unknown): {
  saying: Saying;
  from: string | undefined;
  fromName: string | undefined;
} {
  const parsed = sayingShape.safeParse(value);
  if (!parsed.success) throw new HttpError(400, 'BadArgument', z.prettifyError(parsed.error));
  const { text, textFormat, name, attachments, entities, channelData, replyToId } = parsed.data;
  const saying = {
    type: parsed.data.type,
    value: parsed.data.value,
    text: text ?? undefined,
    textFormat: textFormat ?? undefined,
    name: name ?? undefined,
    attachments: attachments ?? undefined,
    entities: entities ?? undefined,
    channelData: channelData ?? undefined,
    replyToId: replyToId ?? undefined,
    ...(parsed.data.recipient?.isTargeted === true ? { isPrivate: true as const } : {}),
  };
  return { saying, from: parsed.data.from?.id, fromName: parsed.data.from?.name ?? undefined };
}

/**
 * What makes two posts the same saying. Web Chat gives each attempt another `clientActivityID`; the page adds a
 * `retryKey` that stays.
 */
export function retryKeyOf({ channelData }: Pick<Saying, 'channelData'>): string | undefined {
  const key = channelData?.retryKey ?? channelData?.clientActivityID;
  return typeof key === 'string' ? key : undefined;
}

/** What the bot gets to see of it: without the page's own marks. */
export function withoutRetryKey(saying: Saying): Saying {
  const { retryKey, thread, ...channelData } = saying.channelData ?? {};
  return { ...saying, channelData };
}
