import type {
  Activity,
  ChannelAccount,
  ConversationParameters,
  ConversationResourceResponse,
  PagedMembersResult,
  ResourceResponse,
} from 'botbuilder-core';
import { type ConnectorClient, ConnectorFactory } from 'botframework-connector';
import type { Clock } from '../../../ports/clock.ts';
import { ChannelError } from './channel-error.ts';
import { type ConnectorApi, type ConnectorRequest, conversationPath } from './connector-api.ts';
import type { Exchange } from './exchange.ts';
import { toFailure, toSendResult } from './send-result.ts';
import { type ServiceEndpoints, UntrustedServiceUrl } from './service-endpoints.ts';

/** Options of `getConversationPagedMembers`; Teams gives 500 members a page at most. */
export interface PagedMembersOptions {
  readonly pageSize?: number;
  readonly continuationToken?: string;
}

/**
 * What turns use of `ConnectorClient.conversations`, with its names and shapes. Each throws `ChannelError`, or
 * `UntrustedServiceUrl`.
 *
 * Bot Framework's own client builds a pipeline of request policies a turn, retries a failed send three times by
 * itself, waits for as long as it takes and follows redirects; none of it can be switched off from outside.
 */
export class ThinConversations {
  readonly #api: ConnectorApi;
  readonly #serviceUrl: string;
  readonly #clock: Clock;

  constructor(serviceUrl: string, deps: { readonly api: ConnectorApi; readonly clock: Clock }) {
    this.#serviceUrl = serviceUrl;
    this.#api = deps.api;
    this.#clock = deps.clock;
  }

  sendToConversation(conversationId: string, activity: Partial<Activity>): Promise<ResourceResponse> {
    return this.#send({
      method: 'POST',
      path: `${conversationPath(conversationId, 'activities')}${isTargeted(activity) ? TARGETED : ''}`,
      json: activity,
    });
  }

  replyToActivity(
    conversationId: string,
    activityId: string,
    activity: Partial<Activity>,
  ): Promise<ResourceResponse> {
    // What one person alone may see is no reply in a thread, which all of them see.
    if (isTargeted(activity)) return this.sendToConversation(conversationId, activity);
    return this.#send({
      method: 'POST',
      path: conversationPath(conversationId, 'activities', activityId),
      json: activity,
    });
  }

  updateActivity(
    conversationId: string,
    activityId: string,
    activity: Partial<Activity>,
  ): Promise<ResourceResponse> {
    return this.#send({
      method: 'PUT',
      path: conversationPath(conversationId, 'activities', activityId),
      json: activity,
    });
  }

  async deleteActivity(conversationId: string, activityId: string): Promise<void> {
    await this.#call({ method: 'DELETE', path: conversationPath(conversationId, 'activities', activityId) });
  }

  createConversation(parameters: Partial<ConversationParameters>): Promise<ConversationResourceResponse> {
    return this.#read({ method: 'POST', path: '', json: parameters });
  }

  getConversationMembers(conversationId: string): Promise<ChannelAccount[]> {
    return this.#read({ method: 'GET', path: conversationPath(conversationId, 'members') });
  }

  getConversationMember(conversationId: string, memberId: string): Promise<ChannelAccount> {
    return this.#read({ method: 'GET', path: conversationPath(conversationId, 'members', memberId) });
  }

  getConversationPagedMembers(
    conversationId: string,
    options: PagedMembersOptions = {},
  ): Promise<PagedMembersResult> {
    const query = new URLSearchParams();
    if (options.pageSize !== undefined) query.set('pageSize', String(options.pageSize));
    if (options.continuationToken !== undefined) query.set('continuationToken', options.continuationToken);
    const path = conversationPath(conversationId, 'pagedmembers');
    return this.#read({ method: 'GET', path: query.size === 0 ? path : `${path}?${query}` });
  }

  async #send(request: ConnectorRequest): Promise<ResourceResponse> {
    const result = toSendResult(await this.#call(request), this.#clock.now());
    return { id: result.kind === 'sent' ? (result.activityId ?? '') : '' };
  }

  async #read<T>(request: ConnectorRequest): Promise<T> {
    const exchange = await this.#call(request);
    try {
      // Shapes of Bot Framework's own API, which its own client hands on unchecked as well: who uses them checks.
      return JSON.parse(exchange.kind === 'answered' ? exchange.body : '') as T;
    } catch {
      // The caller asks again or goes without; nobody is told anything by a reading request.
      throw new ChannelError({ kind: 'failed', code: 'not-json', surelyNotSent: false });
    }
  }

  async #call(request: ConnectorRequest): Promise<Exchange> {
    const exchange = await this.#api.call(this.#serviceUrl, request);
    const failure = toFailure(exchange, this.#clock.now());
    if (failure !== undefined) throw new ChannelError(failure);
    return exchange;
  }
}

const TARGETED = '?isTargetedActivity=true';

/** Whether only the recipient may see it, by the mark that Microsoft's SDKs use. */
function isTargeted({ entities }: Partial<Activity>): boolean {
  return (entities ?? []).some(
    (entity) =>
      entity.type === 'activityTreatment' && 'treatment' in entity && entity.treatment === 'targeted',
  );
}

/** Gives each turn the one thin client of its service URL. */
export class ThinConnectorFactory extends ConnectorFactory {
  readonly #deps: { readonly api: ConnectorApi; readonly clock: Clock; readonly endpoints: ServiceEndpoints };

  constructor(deps: {
    readonly api: ConnectorApi;
    readonly clock: Clock;
    readonly endpoints: ServiceEndpoints;
  }) {
    super();
    this.#deps = deps;
  }

  /** Throws `UntrustedServiceUrl`. The audience is the cloud's, whatever is asked for: there is only one. */
  override async create(serviceUrl: string): Promise<ConnectorClient> {
    if (this.#deps.endpoints.find(serviceUrl) === undefined) throw new UntrustedServiceUrl();
    // Turns use `conversations` alone; the rest of the class is the machinery that this client replaces.
    return { conversations: new ThinConversations(serviceUrl, this.#deps) } as unknown as ConnectorClient;
  }
}
