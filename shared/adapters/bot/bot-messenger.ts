import type { PersonAddress } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import type { Clock } from '../../ports/clock.ts';
import { toActivity } from '../../ports/delivery/message-activity.ts';
import {
  type Addressed,
  type CreateResult,
  calledOff,
  type FirstMessage,
  type Messenger,
  type OutgoingMessage,
  type SendResult,
} from '../../ports/delivery/messenger.ts';
import { continuationOf, toAccount } from './activity/continuation.ts';
import { ChannelError } from './connector/channel-error.ts';
import { type ConnectorApi, conversationPath } from './connector/connector-api.ts';
import { toCreateResult, toSendResult } from './connector/send-result.ts';
import { type ServiceEndpoints, UntrustedServiceUrl } from './connector/service-endpoints.ts';
import type { Turns } from './sdk/sdk.ts';

/** Speaks first, in a turn that nobody's message began. */
export class BotMessenger implements Messenger {
  readonly #turns: Turns;
  readonly #api: ConnectorApi;
  readonly #endpoints: ServiceEndpoints;
  readonly #clock: Clock;
  readonly #appId: string | undefined;

  constructor(deps: {
    readonly turns: Turns;
    readonly api: ConnectorApi;
    readonly endpoints: ServiceEndpoints;
    readonly clock: Clock;
    readonly appId?: string;
  }) {
    this.#turns = deps.turns;
    this.#api = deps.api;
    this.#endpoints = deps.endpoints;
    this.#clock = deps.clock;
    this.#appId = deps.appId;
  }

  async sendActivity(
    reference: Addressed,
    message: OutgoingMessage,
    isOff?: () => Promise<boolean>,
  ): Promise<SendResult> {
    if ((await isOff?.()) === true) return calledOff;
    let activityId: string | undefined;
    try {
      await this.#turns.run(continuationOf(reference), async (context) => {
        const { id } = await context.sendActivity(toActivity(message));
        activityId = id === '' ? undefined : id;
      });
    } catch (error) {
      // The result says whether the person may have seen it; whether the work comes back is the caller's decision.
      if (error instanceof ChannelError) return error.result;
      if (error instanceof UntrustedServiceUrl) return { kind: 'untrusted' };
      throw error;
    }
    return activityId === undefined ? { kind: 'sent' } : { kind: 'sent', activityId };
  }

  async updateActivity(
    reference: Addressed,
    activityId: string,
    message: OutgoingMessage,
    isOff?: () => Promise<boolean>,
  ): Promise<SendResult> {
    if ((await isOff?.()) === true) return calledOff;
    const { bot, conversationId } = reference;
    // Channels that show what a bot changed want to know who speaks, and which message is meant.
    const about = { id: activityId, from: toAccount(bot), conversation: { id: conversationId } };
    return this.#change('PUT', reference, activityId, { ...toActivity(message), ...about });
  }

  async removeActivity(reference: Addressed, activityId: string): Promise<SendResult> {
    return this.#change('DELETE', reference, activityId);
  }

  async #change(
    method: 'PUT' | 'DELETE',
    { serviceUrl, conversationId }: Addressed,
    activityId: string,
    json?: object,
  ): Promise<SendResult> {
    const path = conversationPath(conversationId, 'activities', activityId);
    try {
      const request = { method, path, ...defined({ json }) };
      const result = toSendResult(await this.#api.call(serviceUrl, request), this.#clock.now());
      return result.kind === 'sent' ? { kind: 'sent', activityId } : result;
    } catch (error) {
      // Nothing was sent.
      if (error instanceof UntrustedServiceUrl) return { kind: 'untrusted' };
      throw error;
    }
  }

  async createConversation(person: PersonAddress, first?: FirstMessage): Promise<CreateResult> {
    if ((await first?.isOff?.()) === true) return calledOff;
    const { tenantId, user } = person;
    // On Teams the bot's id is its app's, and the one that was heard is an earlier identity's where that has changed.
    const isTeams = person.channelId === 'msteams' && this.#appId !== undefined;
    const parameters = {
      isGroup: false,
      bot: toAccount(isTeams ? { ...person.bot, id: `28:${this.#appId}` } : person.bot),
      // The object id stands in `id` where it is what is meant; in a field of its own Teams refuses it.
      members: [toAccount({ id: user.id, ...defined({ name: user.name }) })],
      ...(tenantId === undefined ? {} : { tenantId, channelData: { tenant: { id: tenantId } } }),
      ...(first === undefined ? {} : { activity: toActivity(first.message) }),
    };
    try {
      const request = { method: 'POST', path: '', json: parameters } as const;
      const created = toCreateResult(await this.#api.call(person.serviceUrl, request), this.#clock.now());
      if (created.kind !== 'created' || created.serviceUrl === undefined) return created;
      // A service URL is taken over only if a token may be sent there.
      if (this.#endpoints.find(created.serviceUrl) !== undefined) return created;
      const { serviceUrl: _untrusted, ...kept } = created;
      return kept;
    } catch (error) {
      // Nothing was sent.
      if (error instanceof UntrustedServiceUrl) return { kind: 'untrusted' };
      throw error;
    }
  }
}
