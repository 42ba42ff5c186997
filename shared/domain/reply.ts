import type { JsonObject } from './notification.ts';

/** One message to say in answer. */
export interface Reply {
  /** Markdown. */
  readonly text: string;
  readonly card?: JsonObject;
  /** Commands offered as buttons below the message. */
  readonly suggestions?: readonly string[];
}
