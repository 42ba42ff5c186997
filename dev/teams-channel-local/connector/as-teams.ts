import { isObject } from '../http/body.ts';
import type { ActivityJson } from '../transcript/entry.ts';
import { isMessage } from './outbound.ts';

/** So many suggested actions Teams shows. */
const MOST_SUGGESTED = 3;

/**
 * What Teams makes of one activity of the bot: a message with text and attachments, or with several attachments in a
 * list, becomes several messages. More than three suggested actions are not shown, and none beside an attachment.
 */
export function partsOnTeams(activity: ActivityJson): readonly [ActivityJson, ...ActivityJson[]] {
  if (!isMessage(activity)) return [activity];
  const { text, attachments, suggestedActions, ...rest } = activity;
  const attached: readonly unknown[] = Array.isArray(attachments) ? attachments : [];
  const isText = typeof text === 'string' && text !== '';
  const said = isText || attached.length === 0 ? [asText(activity)] : [];
  const shown = rest.attachmentLayout === 'carousel' ? [attached] : attached.map((one) => [one]);
  const cards = attached.length === 0 ? [] : shown.map((some) => ({ ...rest, attachments: some }));
  const [first = activity, ...others] = [...said, ...cards];
  return [first, ...others];
}

function asText({ attachments, suggestedActions, ...rest }: ActivityJson): ActivityJson {
  const isBeside = Array.isArray(attachments) && attachments.length > 0;
  if (isBeside || suggestedActions === undefined) return rest;
  const all = isObject(suggestedActions) ? suggestedActions.actions : undefined;
  const actions = Array.isArray(all) ? all.slice(0, MOST_SUGGESTED) : [];
  return { ...rest, suggestedActions: { ...(isObject(suggestedActions) ? suggestedActions : {}), actions } };
}
