import type { PersonAddress } from '../../domain/conversation/conversation.ts';
import type { Clock } from '../../ports/clock.ts';
import {
  type Addressed,
  type CreateResult,
  calledOff,
  type Messenger,
  type OutgoingMessage,
  type SendResult,
} from '../../ports/delivery/messenger.ts';
import { toBotAccount, toBotReference } from './activity/bot-reference.ts';
import { toActivity } from './activity/outgoing-activity.ts';
import { ChannelError } from './connector/channel-error.ts';
import { type ConnectorApi, conversationPath } from './connector/connector-api.ts';
import { toCreateResult, toSendResult } from './connector/send-result.ts';
import { type ServiceEndpoints, UntrustedServiceUrl } from './connector/service-endpoints.ts';
import type { TurnAdapter } from './turn/turn-adapter.ts';

/** Speaks first through a proactive turn of the shared adapter. */
export class BotMessenger implements Messenger {
  readonly #adapter: TurnAdapter;
  readonly #api: ConnectorApi;
  readonly #endpoints: ServiceEndpoints;
  readonly #clock: Clock;
  readonly #appId: string | undefined;

  constructor(deps: {
    readonly adapter: TurnAdapter;
    readonly api: ConnectorApi;
    readonly endpoints: ServiceEndpoints;
    readonly clock: Clock;
    readonly appId?: string;
  }) {
    this.#adapter = deps.adapter;
    this.#api = deps.api;
    this.#endpoints = deps.endpoints;
    this.#clock = deps.clock;
    this.#appId = deps.appId;
  }

  async send(
    reference: Addressed,
    message: OutgoingMessage,
    isOff?: () => Promise<boolean>,
  ): Promise<SendResult> {
    if ((await isOff?.()) === true) return calledOff;
    let activityId: string | undefined;
    try {
      await this.#adapter.runProactiveTurn(toBotReference(reference), async (context) => {
        const response = await context.sendActivity(toActivity(message));
        // The adapter writes an empty id where the channel gave none.
        activityId = response?.id === '' ? undefined : response?.id;
      });
    } catch (error) {
      // The result says whether the person may have seen it; whether the work comes back is the caller's decision.
      if (error instanceof ChannelError) return error.result;
      if (error instanceof UntrustedServiceUrl) return { kind: 'untrusted' };
      throw error;
    }
    return activityId === undefined ? { kind: 'sent' } : { kind: 'sent', activityId };
  }

  async update(
    reference: Addressed,
    activityId: string,
    message: OutgoingMessage,
    isOff?: () => Promise<boolean>,
  ): Promise<SendResult> {
    if ((await isOff?.()) === true) return calledOff;
    const { bot, conversationId } = reference;
    // Channels that show what a bot changed want to know who speaks, and which message is meant.
    const about = { id: activityId, from: toBotAccount(bot), conversation: { id: conversationId } };
    return this.#change('PUT', reference, activityId, { ...toActivity(message), ...about });
  }

  async remove(reference: Addressed, activityId: string): Promise<SendResult> {
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
      const request = { method, path, ...(json === undefined ? {} : { json }) };
      const result = toSendResult(await this.#api.call(serviceUrl, request), this.#clock.now());
      return result.kind === 'sent' ? { kind: 'sent', activityId } : result;
    } catch (error) {
      // Nothing was sent.
      if (error instanceof UntrustedServiceUrl) return { kind: 'untrusted' };
      throw error;
    }
  }

  async createConversation(person: PersonAddress): Promise<CreateResult> {
    const { tenantId, user } = person;
    // On Teams the bot's id is its app's, and the one that was heard is an earlier identity's where that has changed.
    const isTeams = person.channelId === 'msteams' && this.#appId !== undefined;
    const parameters = {
      isGroup: false,
      bot: toBotAccount(isTeams ? { ...person.bot, id: `28:${this.#appId}` } : person.bot),
      // The object id stands in `id` where it is what is meant; in a field of its own Teams refuses it.
      members: [toBotAccount({ id: user.id, ...(user.name === undefined ? {} : { name: user.name }) })],
      ...(tenantId === undefined ? {} : { tenantId, channelData: { tenant: { id: tenantId } } }),
    };
    try {
      const request = { method: 'POST', path: '', json: parameters } as const;
      const created = toCreateResult(await this.#api.call(person.serviceUrl, request), this.#clock.now());
      if (created.kind !== 'created' || created.serviceUrl === undefined) return created;
      // A service URL is taken over only if a token may be sent there.
      if (this.#endpoints.find(created.serviceUrl) !== undefined) return created;
      return { kind: 'created', conversationId: created.conversationId };
    } catch (error) {
      // Nothing was sent.
      if (error instanceof UntrustedServiceUrl) return { kind: 'untrusted' };
      throw error;
    }
  }
}
