import type { Activity } from '../../shared/domain/conversation/activity.ts';

/** What keeps an activity from being one message on Teams, with an id and with every button shown; empty when nothing does. */
export function faultsOfShape(activity: Partial<Activity>): readonly string[] {
  const { type, text, summary, attachments = [], attachmentLayout = 'list', suggestedActions } = activity;
  if (type !== 'message') return [];
  const suggested = suggestedActions?.actions?.length ?? 0;
  const faults = {
    'text beside an attachment': text !== undefined && attachments.length > 0,
    'several attachments in a list': attachments.length > 1 && attachmentLayout !== 'carousel',
    'an attachment without summary': attachments.length > 0 && !summary,
    'suggested actions beside an attachment': suggested > 0 && attachments.length > 0,
    'more than three suggested actions': suggested > 3,
    'neither text nor attachment': !text && attachments.length === 0,
  };
  return Object.entries(faults).flatMap(([fault, isThere]) => (isThere ? [fault] : []));
}
