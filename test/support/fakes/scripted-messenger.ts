import type {
  ConversationReference,
  PersonAddress,
} from '../../../shared/domain/conversation/conversation.ts';
import {
  type CreateResult,
  calledOff,
  type FirstMessage,
  type Messenger,
  type OutgoingMessage,
  type SendResult,
} from '../../../shared/ports/delivery/messenger.ts';
import { wordsOf } from '../reading.ts';

type Reachable = ConversationReference & { readonly conversationId: string };

/** One message that a person sees. */
export interface Shown {
  readonly conversationId: string;
  readonly message: OutgoingMessage;
  /** Absent where the channel named none. */
  readonly activityId?: string;
  /** Every state that it had, the present one last. */
  readonly states: readonly OutgoingMessage[];
}

/** What a send does: its answer, and whether the person sees the message. */
export interface Scripted {
  readonly result: SendResult;
  /** Default: shown when the answer is `sent`. */
  readonly shown?: boolean;
}

/** What a creation with a message does. `shown` by default where there is no `result`, which is a conversation then. */
export interface ScriptedFirst {
  readonly result?: CreateResult;
  readonly shown?: boolean;
}

/**
 * A channel in memory. Sends everything and shows it, until a script says otherwise, one answer a request:
 * `messenger.next('c1', { result: { kind: 'failed', ... } })`.
 */
export class ScriptedMessenger implements Messenger {
  /** What people see, in order. */
  readonly shown: Shown[] = [];
  /** Every change and deletion that was asked for, in order. */
  readonly changes: {
    readonly reference: Reachable;
    readonly activityId: string;
    readonly message?: OutgoingMessage;
  }[] = [];
  /** Every send that was asked for, in order. */
  readonly requests: { readonly reference: Reachable; readonly message: OutgoingMessage }[] = [];
  readonly creations: PersonAddress[] = [];
  /** Creates no conversation without a message, and another one with each, as Teams does where chats are sessions. */
  insistsOnActivity = false;
  readonly #scripts = new Map<string, Scripted[]>();
  readonly #changeScripts = new Map<string, Scripted[]>();
  readonly #creationScripts: CreateResult[] = [];
  readonly #firstScripts: ScriptedFirst[] = [];
  #sessions = 0;

  /** Scripts the next answers to sends into a conversation, first come first used. */
  next(conversationId: string, ...answers: readonly Scripted[]): void {
    this.#scripts.set(conversationId, [...(this.#scripts.get(conversationId) ?? []), ...answers]);
  }

  /** The same for changes and deletions in a conversation. */
  nextChange(conversationId: string, ...answers: readonly Scripted[]): void {
    this.#changeScripts.set(conversationId, [...(this.#changeScripts.get(conversationId) ?? []), ...answers]);
  }

  /** Scripts the next answers to `createConversation`. */
  nextCreation(...answers: readonly CreateResult[]): void {
    this.#creationScripts.push(...answers);
  }

  /** Scripts the next answers to creations with a message. */
  nextFirst(...answers: readonly ScriptedFirst[]): void {
    this.#firstScripts.push(...answers);
  }

  async sendActivity(
    reference: Reachable,
    message: OutgoingMessage,
    isOff?: () => Promise<boolean>,
  ): Promise<SendResult> {
    if ((await isOff?.()) === true) return calledOff;
    this.requests.push(structuredClone({ reference, message }));
    const { conversationId } = reference;
    const scripted = this.#scripts.get(conversationId)?.shift() ?? {
      result: { kind: 'sent', activityId: `activity-${this.requests.length}` },
    };
    if (scripted.shown ?? scripted.result.kind === 'sent') {
      const { result } = scripted;
      const id = result.kind === 'sent' ? result.activityId : `unnamed-${this.requests.length}`;
      this.shown.push(
        structuredClone({
          conversationId,
          message,
          states: [message],
          ...(id === undefined ? {} : { activityId: id }),
        }),
      );
    }
    return scripted.result;
  }

  async updateActivity(
    reference: Reachable,
    activityId: string,
    message: OutgoingMessage,
    isOff?: () => Promise<boolean>,
  ): Promise<SendResult> {
    if ((await isOff?.()) === true) return calledOff;
    return this.#change(reference, activityId, message);
  }

  async removeActivity(reference: Reachable, activityId: string): Promise<SendResult> {
    return this.#change(reference, activityId);
  }

  #change(reference: Reachable, activityId: string, message?: OutgoingMessage): SendResult {
    this.changes.push(
      structuredClone({ reference, activityId, ...(message === undefined ? {} : { message }) }),
    );
    const { conversationId } = reference;
    const scripted = this.#changeScripts.get(conversationId)?.shift();
    if (scripted !== undefined && !(scripted.shown ?? scripted.result.kind === 'sent'))
      return scripted.result;
    const place = this.shown.findIndex(
      (one) => one.conversationId === conversationId && one.activityId === activityId,
    );
    const before = this.shown[place];
    if (before === undefined) return notThere;
    if (message === undefined) this.shown.splice(place, 1);
    else this.shown[place] = structuredClone({ ...before, message, states: [...before.states, message] });
    return scripted?.result ?? { kind: 'sent', activityId };
  }

  /** As channels do, gives the same conversation for the same person; begun with a message, each is another one. */
  async createConversation(person: PersonAddress, first?: FirstMessage): Promise<CreateResult> {
    if ((await first?.isOff?.()) === true) return calledOff;
    this.creations.push(structuredClone(person));
    if (first !== undefined) return this.#begin(person, first);
    if (this.insistsOnActivity) return nullActivity;
    return (
      this.#creationScripts.shift() ?? { kind: 'created', conversationId: `personal-with-${person.user.id}` }
    );
  }

  #begin({ user }: PersonAddress, { message }: FirstMessage): CreateResult {
    const { result, shown = result === undefined } = this.#firstScripts.shift() ?? {};
    this.#sessions += 1;
    const conversationId = `session-${this.#sessions}-with-${user.id}`;
    const activityId = `first-${this.#sessions}`;
    if (shown) this.shown.push(structuredClone({ conversationId, message, states: [message], activityId }));
    return result ?? { kind: 'created', conversationId, activityId };
  }

  /** What is said in a conversation, in order, but for the reasons at the end. */
  textsIn(conversationId: string): readonly string[] {
    return this.shown
      .filter((one) => one.conversationId === conversationId)
      .map(({ message }) => wordsOf(message));
  }
}

/** What Teams says to a creation without a message where a chat is a session. */
const nullActivity: CreateResult = { kind: 'failed', status: 400, code: 'BadSyntax', surelyNotSent: true };

/** What Teams says to a bot of another identity, and in an outage. */
export const undeciphered = {
  kind: 'failed',
  status: 403,
  code: 'BadArgument',
  meaning: 'failed-to-decrypt',
  surelyNotSent: true,
} as const;

/** What a channel says of a message that it does not have. */
export const notThere: SendResult = {
  kind: 'failed',
  status: 404,
  code: 'ActivityNotFoundInConversation',
  surelyNotSent: true,
};
