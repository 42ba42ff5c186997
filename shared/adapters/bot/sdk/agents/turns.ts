import { Activity as AgentActivity } from '@microsoft/agents-activity';
import {
  TurnContext as AgentContext,
  BaseAdapter,
  INVOKE_RESPONSE_KEY,
  type ResourceResponse,
} from '@microsoft/agents-hosting';
import type { Activity } from '../../../../domain/conversation/activity.ts';
import type { TurnContext, TurnLogic } from '../../../../ports/conversation/turn-context.ts';
import type { Conversations, CreateTurns, InvokeAnswer, Turns } from '../sdk.ts';

/**
 * The base of the Agents SDK's adapters, without `CloudAdapter`: that one wants a connection of its own to Entra, checks a
 * token's service URL and the hosts it sends to only when told to, answers 500 to an activity whose entities it cannot
 * read, and its client neither encodes ids nor ends a request that hangs.
 */
class AgentsTurns extends BaseAdapter implements Turns {
  readonly #conversationsAt: Parameters<CreateTurns>[0];

  constructor(conversationsAt: Parameters<CreateTurns>[0]) {
    super();
    this.#conversationsAt = conversationsAt;
    // The SDK's own tells the person that the bot has a bug, and resolves although nothing was sent.
    this.onTurnError = (_context, error) => Promise.reject(error);
  }

  async run(activity: Activity, logic: TurnLogic): Promise<InvokeAnswer | undefined> {
    const context = new AgentContext(this, toAgentActivity(activity));
    context.turnState.set(this.ConnectorClientKey, this.#conversationsAt(activity.serviceUrl));
    await this.runMiddleware(context, (revocable) => logic(toTurnContext(activity, revocable)));
    return answerOf(activity, context);
  }

  override async sendActivities(
    context: AgentContext,
    activities: AgentActivity[],
  ): Promise<ResourceResponse[]> {
    const conversations = context.turnState.get<Conversations>(this.ConnectorClientKey);
    const sent: ResourceResponse[] = [];
    for (const each of activities) sent.push(await post(conversations, each));
    return sent;
  }

  override updateActivity(): Promise<never> {
    return notOffered('updateActivity');
  }

  override deleteActivity(): Promise<never> {
    return notOffered('deleteActivity');
  }

  override continueConversation(): Promise<never> {
    return notOffered('continueConversation');
  }

  override uploadAttachment(): Promise<never> {
    return notOffered('uploadAttachment');
  }

  override getAttachmentInfo(): Promise<never> {
    return notOffered('getAttachmentInfo');
  }

  override getAttachment(): Promise<never> {
    return notOffered('getAttachment');
  }
}

function notOffered(operation: string): Promise<never> {
  return Promise.reject(new Error(`${operation} is not offered: turns here send, and nothing else.`));
}

/**
 * What the SDK has to know of an activity to reply to it. The logic gets the activity itself: the SDK's class has another
 * idea of a channel's id (`msteams:COPILOT`), and refuses some that begin with a colon.
 */
function toAgentActivity(activity: Activity): AgentActivity {
  const { type, id, name, locale, serviceUrl, conversation, from, recipient, deliveryMode } = activity;
  const channelId = activity.channelId.split(':', 1)[0] || 'unknown';
  const told = { id, name, locale, channelId, serviceUrl, conversation, from, recipient, deliveryMode };
  return Object.assign(new AgentActivity(type), told);
}

/**
 * What is sent goes through the SDK in an envelope, as its value: the SDK copies what it is given by its own schema, which
 * leaves out what it does not know and refuses an empty summary, and the channel is to get what was meant.
 */
function toTurnContext(activity: Activity, context: AgentContext): TurnContext {
  return {
    activity,
    async sendActivity(activityToSend) {
      const envelope = new AgentActivity(activityToSend.type ?? 'message');
      envelope.value = { ...activityToSend, channelId: activity.channelId };
      const sent = await context.sendActivity(envelope);
      return { id: sent?.id ?? '' };
    },
  };
}

/** What was meant, addressed as the SDK has addressed its envelope. */
function toWire(envelope: AgentActivity): Wire {
  const { serviceUrl, conversation, from, recipient, replyToId } = envelope;
  const meant = envelope.value as Wire;
  const locale = meant.locale ?? envelope.locale;
  // The accounts are those of the activity, whose types are ours.
  return { ...meant, serviceUrl, conversation, from, recipient, replyToId, locale } as Wire;
}

type Wire = Partial<Activity>;

async function post(conversations: Conversations, envelope: AgentActivity): Promise<ResourceResponse> {
  // It is the answer to the request, and the context keeps it until then.
  if (envelope.type === 'invokeResponse') return { id: '' };
  const wire = toWire(envelope);
  const to = envelope.conversation?.id ?? '';
  return envelope.replyToId === undefined
    ? conversations.sendToConversation(to, wire)
    : conversations.replyToActivity(to, envelope.replyToId, wire);
}

/** As botbuilder's adapter answers. */
function answerOf({ type, deliveryMode }: Activity, context: AgentContext): InvokeAnswer | undefined {
  if (deliveryMode === 'expectReplies') {
    return { status: 200, body: { activities: context.bufferedReplyActivities.map(toWire) } };
  }
  if (type !== 'invoke') return undefined;
  const answer = context.turnState.get<AgentActivity | undefined>(INVOKE_RESPONSE_KEY);
  // The value of an invoke's response is what the logic gave for its answer.
  return answer === undefined ? { status: 501 } : ((answer.value as Wire).value as InvokeAnswer);
}

export const createTurns: CreateTurns = (conversationsAt) => new AgentsTurns(conversationsAt);
