import type { TokenCredential } from '@azure/identity';
import type { BotSettings } from '../../shared/adapters/bot/bot.ts';
import { type ChannelCloud, publicCloud } from '../../shared/adapters/bot/token/channel-cloud.ts';
import type { ConversationReference } from '../../shared/domain/conversation/conversation.ts';
import { TrustedServiceUrls } from '../../shared/domain/conversation/trusted-service-urls.ts';
import { describeFaults } from '../../shared/domain/fault.ts';
import { minutes, seconds } from '../../shared/domain/time.ts';
import type { TurnContext } from '../../shared/ports/conversation/turn-context.ts';
import type { Log, LogFields } from '../../shared/ports/log.ts';

export const APP_ID = '11111111-2222-4333-8444-555555555555';

/** The hosts trusted by default, and this machine. */
export const loopbackTrusted: TrustedServiceUrls = trusting(undefined, { loopback: true });
export const loopbackNotTrusted: TrustedServiceUrls = trusting(undefined);

/** Settings of a bot in the local stack: no app id, no tokens. */
export function localBot(changes: Partial<BotSettings> = {}): BotSettings {
  return {
    identity: { appType: 'UserAssignedMSI' },
    trustedServiceUrls: loopbackTrusted,
    sendTimeout: seconds(10),
    allowUnauthenticated: true,
    clock: { now: () => Date.now() },
    log: new RecordedLog(),
    ...changes,
  };
}

/** Settings of a deployed bot whose Bot Connector signs its tokens with the keys behind `openId`. */
export function securedBot(
  openId: { readonly issuer: string; readonly metadataUrl: string },
  changes: Partial<BotSettings> = {},
): BotSettings {
  const cloud: ChannelCloud = {
    ...publicCloud,
    issuer: openId.issuer,
    openIdMetadataUrl: openId.metadataUrl,
  };
  return localBot({
    identity: { appId: APP_ID, appType: 'UserAssignedMSI', tenantId: 'tenant' },
    allowUnauthenticated: false,
    credential: fixedCredential('outbound-token'),
    cloud,
    ...changes,
  });
}

/** Gives the same token for an hour at a time. */
export function fixedCredential(token: string): TokenCredential {
  return { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + minutes(60) }) };
}

export interface LogLine extends LogFields {
  readonly event: string;
  readonly level: 'info' | 'warn' | 'error';
}

export class RecordedLog implements Log {
  readonly lines: LogLine[] = [];

  info(event: string, fields: LogFields = {}): void {
    this.lines.push({ ...fields, event, level: 'info' });
  }

  warn(event: string, fields: LogFields = {}): void {
    this.lines.push({ ...fields, event, level: 'warn' });
  }

  error(event: string, fields: LogFields = {}): void {
    this.lines.push({ ...fields, event, level: 'error' });
  }
}

/** A message of Ada's in her personal conversation on Teams. */
export function aMessage(serviceUrl: string, changes: object = {}): { readonly [name: string]: unknown } {
  return {
    type: 'message',
    id: 'activity-of-ada',
    channelId: 'msteams',
    serviceUrl,
    conversation: { id: 'a:conversation/with#odd?letters', conversationType: 'personal', tenantId: 'tenant' },
    from: { id: '29:ada', name: 'Ada', aadObjectId: 'object-of-ada' },
    recipient: { id: '28:bot', name: 'Notifier' },
    text: 'help',
    ...changes,
  };
}

/** A personal conversation, as it is stored. */
export function aReference(
  serviceUrl: string,
  changes: Partial<ConversationReference> = {},
): ConversationReference & { readonly conversationId: string } {
  return {
    channelId: 'msteams',
    serviceUrl,
    conversationId: 'a:conversation',
    conversationType: 'personal',
    tenantId: 'tenant',
    bot: { id: '28:bot', name: 'Notifier' },
    user: { id: '29:ada', name: 'Ada', aadObjectId: 'object-of-ada' },
    ...changes,
  };
}

/** Logic of a turn that counts its calls, and does no more unless told to. */
export function countedLogic(then: (context: TurnContext) => Promise<unknown> = async () => undefined) {
  const calls: string[] = [];
  const logic = async (context: TurnContext): Promise<void> => {
    calls.push(context.activity.type);
    await then(context);
  };
  return { calls, logic };
}

/** Throws where the list cannot be read. */
export function trusting(list: string | undefined, options = { loopback: false }): TrustedServiceUrls {
  const result = TrustedServiceUrls.parse(list, options);
  if (!result.ok) throw new Error(describeFaults(result.faults));
  return result.value;
}
