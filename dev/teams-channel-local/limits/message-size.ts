import { isObject } from '../http/body.ts';

/** A picture that lies in the message itself: Teams does not count it. */
const INLINE_PICTURE = /data:image\/[a-z+.-]{1,30};base64,[A-Za-z0-9+/=]*/g;

/**
 * How large a channel finds an activity, in bytes: what people read of it, its cards included. Teams counts UTF-16 and
 * no pictures that lie in the message; the others count UTF-8.
 */
export function sizeOf(activity: unknown, channelId: string): number {
  if (!isObject(activity)) return 0;
  const { text, summary, attachments, suggestedActions, entities } = activity;
  const json = JSON.stringify({ text, summary, attachments, suggestedActions, entities });
  if (channelId !== 'msteams') return Buffer.byteLength(json);
  return json.replace(INLINE_PICTURE, '').length * 2;
}
