/** Somebody who talks to the bot through this channel. */
export interface Person {
  /** Short and URL-safe: `ana`. What the page's address names. */
  readonly key: string;
  /** The channel user id that the bot sees. */
  readonly id: string;
  readonly name: string;
  readonly channelId: string;
  /** Absent on channels without tenants. */
  readonly tenantId?: string | undefined;
  /** Microsoft Entra object id. Absent on channels without one. */
  readonly aadObjectId?: string | undefined;
  /** IANA name. */
  readonly timeZone: string;
  /** BCP 47 tag. */
  readonly locale: string;
}

/** The bot as people see it. */
export interface BotAccount {
  readonly id: string;
  readonly name: string;
}

/** The bot that everybody talks to. */
export function botAccount(name = 'Bot'): BotAccount {
  return { id: '28:6f1b4a52-8c1e-4f39-9b64-2d1f0c7a9e10', name };
}

/** The tenant of everybody who is on a Teams-like channel. */
export const TENANT_ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

/**
 * The people that are always there. Four are on a channel that behaves like Teams (tenant, `29:` ids); Dora is on
 * one without tenants, so that what works only with a tenant is noticed. Their clocks lie on four continents, and Emma
 * reads German.
 */
export const PERSONAS: readonly Person[] = [
  {
    key: 'ana',
    id: '29:1zJm7XkQ2pTfR9sVbNcYdWeLaUgHoIxKt4v0Ana',
    name: 'Ana Sousa',
    channelId: 'msteams',
    tenantId: TENANT_ID,
    aadObjectId: 'a1a1a1a1-5a0b-4c5e-9f1d-3e2b7c4d0a01',
    timeZone: 'Europe/Lisbon',
    locale: 'en-GB',
  },
  {
    key: 'ben',
    id: '29:1kQw8RtYuIoPaSdFgHjKlZxCvBnM3e5r7t9yBen',
    name: 'Ben Carter',
    channelId: 'msteams',
    tenantId: TENANT_ID,
    aadObjectId: 'b2b2b2b2-6b1c-4d6f-8a2e-4f3c8d5e1b02',
    timeZone: 'America/New_York',
    locale: 'en-US',
  },
  {
    key: 'chidi',
    id: '29:1pLmOkNjIbUhVgYcTfXrDzEsWaQ0q2w4e6r8Chidi',
    name: 'Chidi Okafor',
    channelId: 'msteams',
    tenantId: TENANT_ID,
    aadObjectId: 'c3c3c3c3-7c2d-4e7a-9b3f-5a4d9e6f2c03',
    timeZone: 'Africa/Lagos',
    locale: 'en-NG',
  },
  {
    key: 'dora',
    id: 'dl_dora',
    name: 'Dora Nguyen',
    channelId: 'directline',
    aadObjectId: 'd4d4d4d4-8d3e-4f8b-8c4a-6b5e0f7a3d04',
    timeZone: 'Australia/Sydney',
    locale: 'en-AU',
  },
  {
    key: 'emma',
    id: '29:1tGbHnJmKlPoIuYtReWqAsDfZxCv4r6t8y0Emma',
    name: 'Emma Huber',
    channelId: 'msteams',
    tenantId: TENANT_ID,
    aadObjectId: 'e5e5e5e5-9e4f-4a9c-8d5b-7c6f1a8b4e05',
    timeZone: 'Europe/Berlin',
    locale: 'de-DE',
  },
];

/** Somebody whom only a Direct Line client knows: no tenant, no directory object. */
export function guest(id: string, name = id): Person {
  return { key: keyOf(id), id, name, channelId: 'directline', timeZone: 'UTC', locale: 'en-US' };
}

/** A URL-safe short name for an id; ids that need cleaning get their code points, so that two stay two. */
function keyOf(id: string): string {
  return id.replace(/[^A-Za-z0-9_.-]/gu, (sign) => `~${sign.codePointAt(0)?.toString(16)}`);
}
