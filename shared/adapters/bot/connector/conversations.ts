import type { Activity } from '../../../domain/conversation/activity.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Conversations } from '../sdk/sdk.ts';
import { ChannelError } from './channel-error.ts';
import { type ConnectorApi, conversationPath } from './connector-api.ts';
import { toSendResult } from './send-result.ts';
import { type ServiceEndpoints, UntrustedServiceUrl } from './service-endpoints.ts';

/**
 * Stands in the place of the SDKs' connector clients. Bot Framework's own client builds a pipeline of request policies a turn, retries a failed send three times by
 * itself, waits for as long as it takes and follows redirects; none of it can be switched off from outside. The one of the
 * Agents SDK neither encodes ids in paths nor ends a request that hangs.
 */
export class ThinConversations implements Conversations {
  readonly #api: ConnectorApi;
  readonly #serviceUrl: string;
  readonly #clock: Clock;

  constructor(serviceUrl: string, deps: { readonly api: ConnectorApi; readonly clock: Clock }) {
    this.#serviceUrl = serviceUrl;
    this.#api = deps.api;
    this.#clock = deps.clock;
  }

  sendToConversation(conversationId: string, activity: Partial<Activity>): Promise<{ readonly id: string }> {
    const path = conversationPath(conversationId, 'activities');
    return this.#post(isTargeted(activity) ? `${path}?isTargetedActivity=true` : path, activity);
  }

  replyToActivity(
    conversationId: string,
    activityId: string,
    activity: Partial<Activity>,
  ): Promise<{ readonly id: string }> {
    // What one person alone may see is no reply in a thread, which all of them see.
    if (isTargeted(activity)) return this.sendToConversation(conversationId, activity);
    return this.#post(conversationPath(conversationId, 'activities', activityId), activity);
  }

  async #post(path: string, json: Partial<Activity>): Promise<{ readonly id: string }> {
    const exchange = await this.#api.call(this.#serviceUrl, { method: 'POST', path, json });
    const result = toSendResult(exchange, this.#clock.now());
    if (result.kind === 'failed') throw new ChannelError(result);
    return { id: result.kind === 'sent' ? (result.activityId ?? '') : '' };
  }
}

/** Whether only the recipient may see it, by the mark that Microsoft's SDKs use. */
function isTargeted({ entities }: Partial<Activity>): boolean {
  return (entities ?? []).some(
    ({ type, treatment }) => type === 'activityTreatment' && treatment === 'targeted',
  );
}

/** Gives the client of a service URL. Throws `UntrustedServiceUrl`. */
export function conversationsAt(deps: {
  readonly api: ConnectorApi;
  readonly clock: Clock;
  readonly endpoints: ServiceEndpoints;
}): (serviceUrl: string) => Conversations {
  return (serviceUrl) => {
    if (deps.endpoints.find(serviceUrl) === undefined) throw new UntrustedServiceUrl();
    return new ThinConversations(serviceUrl, deps);
  };
}
