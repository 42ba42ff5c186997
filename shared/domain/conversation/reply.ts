import type { JsonObject } from '../event/notification.ts';
import type { NotificationId } from '../ids.ts';
import type { OpenQuestion } from './turn-state.ts';

/** One message to say in answer. */
export interface Reply {
  /** Markdown; on the card where there is one and the channel shows it. */
  readonly text: string;
  readonly card?: JsonObject;
  /** Markdown that stands in the place of `text` on the card, which says the rest; empty where it says all of it. */
  readonly lead?: string;
  /** Commands offered as buttons below the message. */
  readonly suggestions?: readonly string[];
  /** Buttons with titles of their own; where the channel shows none, people say what stands on them. */
  readonly buttons?: readonly { readonly title: string; readonly command: string }[];
  /** Seen by whoever is answered alone: they asked in private, among others. */
  readonly isPrivate?: true;
  /**
   * The message of the bot whose state this answers, as the channel calls it: what a channel that can change messages may
   * change in its place.
   */
  readonly changes?: { readonly activityId: string };
  /** It says what became of something: messages about that say so, too, and have no buttons any more. */
  readonly settles?: Settling;
  /** What it is about, by which it is found when something becomes of that; see `Settling.own`. */
  readonly about?: string;
  /** The command that says this, as it stands then: when something becomes of what it is about, it is drawn anew. */
  readonly drawnBy?: string;
  /** What it asks; absent where it asks nothing. */
  readonly asks?: OpenQuestion;
  /** Handed over right after it, on channels that show a file which lies in the message itself. */
  readonly file?: { readonly name: string; readonly contentType: string; readonly text: string };
  /** Cards that are shown right after it, each as a message of its own. */
  readonly cards?: readonly JsonObject[];
  /** Markdown that is said right after it, each as a message of its own. */
  readonly more?: readonly string[];
}

/** Which messages say what became of something. */
export interface Settling {
  /** The newest notification about each of these changes; as `thingsOf` names them, `topic builds`. */
  readonly things?: readonly string[];
  /** Of the bot's own answers, the newest one about each of these. */
  readonly own?: readonly string[];
  /** The message that was meant: whose button asked the question that this answers, or that was quoted. */
  readonly pressed?: string;
  /** Markdown: what they say, where that is less than the reply. */
  readonly outcome?: string;
  /** A question was answered, or is to be answered anew where there is no choice: it stays a question. */
  readonly answered?: { readonly notification: NotificationId; readonly choice?: string };
}
