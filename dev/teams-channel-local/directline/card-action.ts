import { isObject } from '../http/body.ts';
import { HttpError } from '../http/errors.ts';
import type { ChannelParts } from '../parts.ts';
import type { ActivityJson } from '../transcript/entry.ts';
import type { View } from './view.ts';

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';

/**
 * Does what the bot's answer to an `adaptiveCard/action` invoke says: another card in the place of the one whose
 * button was pressed, or a message below it. Answers to other invokes have no effect in the conversation.
 *
 * Throws HttpError 502 when the bot answered that the action failed.
 */
export function applyInvokeResponse(
  parts: ChannelParts,
  view: View,
  { body, cardId }: { body: unknown; cardId: string | undefined },
): void {
  if (!isObject(body)) return;
  const { statusCode, type, value } = body;
  if (typeof statusCode === 'number' && statusCode >= 400) throw actionFailed(value);
  if (type === MESSAGE && typeof value === 'string') {
    show(parts, view, { type: 'message', text: value }, cardId);
    return;
  }
  if (type !== ADAPTIVE_CARD || !isObject(value)) return;
  const card = { contentType: ADAPTIVE_CARD, content: value };
  const entry = cardId === undefined ? undefined : view.transcript.get(cardId);
  if (!entry || entry.isDeleted) {
    show(parts, view, { type: 'message', attachments: [card] }, cardId);
    return;
  }
  const activity = { ...entry.activity, attachments: withCard(entry.activity.attachments, card) };
  view.transcript.revise(entry.id, { activity, updatedAt: parts.now() });
}

/** The new card takes the place of the first Adaptive Card; other attachments stay. */
function withCard(attachments: unknown, card: Record<string, unknown>): unknown[] {
  const before = Array.isArray(attachments) ? attachments : [];
  const at = before.findIndex(
    (attachment) => isObject(attachment) && attachment.contentType === ADAPTIVE_CARD,
  );
  return at < 0 ? [...before, card] : before.with(at, card);
}

/** Below the card, to whom it is shown. */
function show(parts: ChannelParts, view: View, activity: ActivityJson, cardId: string | undefined): void {
  const onlyFor = cardId === undefined ? undefined : view.transcript.get(cardId)?.onlyFor;
  view.transcript.show({
    id: parts.ids.next(),
    at: parts.now(),
    from: { ...parts.bot, role: 'bot' },
    activity: { ...activity, conversation: { id: view.conversation.id } },
    onlyFor,
  });
}

function actionFailed(value: unknown): HttpError {
  const reason = isObject(value) && typeof value.message === 'string' ? value.message : 'no reason given';
  return new HttpError(
    502,
    'CardActionFailed',
    `The bot could not do what the card's button asks: ${reason}`,
  );
}
