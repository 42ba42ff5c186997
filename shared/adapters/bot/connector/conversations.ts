import type { Activity } from '../../../domain/conversation/activity.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Conversations } from '../sdk/sdk.ts';
import { ChannelError } from './channel-error.ts';
import { type ConnectorApi, conversationPath } from './connector-api.ts';
import { toSendResult } from './send-result.ts';
import { type ServiceEndpoints, UntrustedServiceUrl } from './service-endpoints.ts';

/**
 * Gives what stands in the place of the SDKs' connector clients, for a service URL. Bot Framework's own client builds a pipeline
 * of request policies a turn, retries a failed send three times by itself, waits for as long as it takes and follows redirects;
 * none of it can be switched off from outside. The one of the Agents SDK neither encodes ids in paths nor ends a request that
 * hangs. Throws `UntrustedServiceUrl`.
 */
export function conversationsAt(deps: {
  readonly api: ConnectorApi;
  readonly clock: Clock;
  readonly endpoints: ServiceEndpoints;
}): (serviceUrl: string) => Conversations {
  return (serviceUrl) => {
    if (deps.endpoints.find(serviceUrl) === undefined) throw new UntrustedServiceUrl();
    return { sendToConversation, replyToActivity };

    function sendToConversation(conversationId: string, activity: Partial<Activity>): Promise<Posted> {
      const path = conversationPath(conversationId, 'activities');
      return post(isTargeted(activity) ? `${path}?isTargetedActivity=true` : path, activity);
    }

    function replyToActivity(
      conversationId: string,
      activityId: string,
      activity: Partial<Activity>,
    ): Promise<Posted> {
      // What one person alone may see is no reply in a thread, which all of them see.
      if (isTargeted(activity)) return sendToConversation(conversationId, activity);
      return post(conversationPath(conversationId, 'activities', activityId), activity);
    }

    async function post(path: string, json: Partial<Activity>): Promise<Posted> {
      const exchange = await deps.api.call(serviceUrl, { method: 'POST', path, json });
      const result = toSendResult(exchange, deps.clock.now());
      if (result.kind === 'failed') throw new ChannelError(result);
      return { id: result.kind === 'sent' ? (result.activityId ?? '') : '' };
    }
  };
}

/** The channel's id of what was posted; empty where it gives none. */
interface Posted {
  readonly id: string;
}

/** Whether only the recipient may see it, by the mark that Microsoft's SDKs use. */
function isTargeted({ entities }: Partial<Activity>): boolean {
  return (entities ?? []).some(
    ({ type, treatment }) => type === 'activityTreatment' && treatment === 'targeted',
  );
}
