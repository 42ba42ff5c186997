import { type InboundActivity, type Occasion, occasionActivity } from './activities.ts';

/** What people do in Teams without saying anything, and what the bot hears of it. */
export const WORDLESS_ACTS = ['react', 'unreact', 'edit', 'delete', 'undelete', 'read'] as const;

export type WordlessAct = (typeof WORDLESS_ACTS)[number];

/** To what it is done: the message's id, with the reaction or the new text. */
export interface Done {
  readonly message: string;
  readonly reaction: string;
  readonly text: string | undefined;
}

/** The activity that Teams posts for it. */
export function wordlessActivity(act: WordlessAct, occasion: Occasion, done: Done): InboundActivity {
  const { message, reaction, text } = done;
  switch (act) {
    case 'react':
    case 'unreact': {
      const change = act === 'react' ? 'reactionsAdded' : 'reactionsRemoved';
      const base = occasionActivity(occasion, 'messageReaction');
      return { ...base, replyToId: message, [change]: [{ type: reaction }] };
    }
    case 'edit':
    case 'undelete':
      return {
        ...about(occasion, 'messageUpdate', act === 'edit' ? 'editMessage' : 'undeleteMessage', message),
        text,
      };
    case 'delete':
      return about(occasion, 'messageDelete', 'softDeleteMessage', message);
    case 'read': {
      const base = occasionActivity(occasion, 'event');
      return {
        ...base,
        name: 'application/vnd.microsoft.readReceipt',
        value: { lastReadMessageId: message },
      };
    }
  }
}

/** About a message that the person had written: the activity's id is that message's. */
function about(occasion: Occasion, type: string, eventType: string, message: string): InboundActivity {
  const base = occasionActivity(occasion, type);
  return { ...base, id: message, channelData: { ...base.channelData, eventType } };
}
