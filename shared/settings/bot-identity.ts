import { defined } from '../domain/defined.ts';
import { LISTENS_ON } from './local-stack.ts';
import type { Rule } from './rule.ts';
import type { SettingReader } from './setting-reader.ts';

const APP_TYPES = ['UserAssignedMSI', 'SingleTenant', 'MultiTenant'] as const;
type AppType = (typeof APP_TYPES)[number];

export interface BotIdentity {
  /** Absent only in the local stack, where no token is asked for. */
  readonly appId?: string;
  readonly appType: AppType;
  readonly tenantId?: string;
  readonly password?: string;
}

const appTypeRule: Rule<AppType> = {
  read: (text) => APP_TYPES.find((type) => type === text),
  wanted: 'UserAssignedMSI, SingleTenant or MultiTenant',
};

type Key = 'MicrosoftAppId' | 'MicrosoftAppTenantId' | 'MicrosoftAppPassword' | 'MicrosoftAppType';

export function readBotIdentity(settings: SettingReader<Key>, isLocal: boolean): BotIdentity {
  const known = settings.faults.length;
  const appType = settings.read('MicrosoftAppType', appTypeRule, 'UserAssignedMSI');
  // What else is needed depends on it.
  if (settings.faults.length > known) return { appType };
  const appId = settings.text('MicrosoftAppId');
  const tenantId = settings.text('MicrosoftAppTenantId');
  const password = settings.text('MicrosoftAppPassword');
  if (appId === undefined && !isLocal) {
    // Without an app id Bot Framework checks no token at all: anybody could speak as anyone.
    settings.refuse(
      'MicrosoftAppId',
      `is missing; without it anybody could speak as anyone, so only an app runs without it whose host listens on loopback alone, as that of the local stack, which says so by ${LISTENS_ON}`,
    );
  }
  if (appId !== undefined && appType !== 'MultiTenant' && tenantId === undefined) {
    settings.refuse('MicrosoftAppTenantId', `is missing; ${appType} needs the bot's tenant id`);
  }
  if (appId !== undefined && appType !== 'UserAssignedMSI' && password === undefined) {
    settings.refuse('MicrosoftAppPassword', `is missing; ${appType} needs it, UserAssignedMSI does not`);
  }
  return { appType, ...defined({ appId, tenantId, password }) };
}
