import { z } from 'zod';
import { LONGEST_ID } from '../../domain/conversation/channel-text.ts';
import { defined } from '../../domain/defined.ts';
import { usableNames } from '../../domain/identity/told-names.ts';
import { type Duration, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Roster, RosterAnswer, RosterMember } from '../../ports/conversation/roster.ts';
import { type ConnectorApi, conversationPath } from './connector/connector-api.ts';
import { toFailure } from './connector/send-result.ts';
import { UntrustedServiceUrl } from './connector/service-endpoints.ts';

/** As many as Teams gives at once. */
const PAGE = 500;
/** A team whose owners come later than this has so many members that nobody's word is waited for. */
const MOST_PAGES = 4;

/** Where the channel does not say. */
const AFTER_TOO_MANY: Duration = seconds(1);

const idField = z.string().min(1).max(LONGEST_ID);
const textField = z.string().nullish().catch(undefined);
/** Lists say `objectId`, single members and pages `aadObjectId`. */
const memberSchema = z.object({
  id: idField,
  aadObjectId: textField,
  objectId: textField,
  email: textField,
  userPrincipalName: textField,
  userRole: textField,
});
const pageSchema = z.object({ members: z.array(z.unknown()), continuationToken: textField });

type Place = Parameters<Roster['member']>[0];

/** Rosters of the Bot Connector; they need no right but to be where they are of. */
export class BotRoster implements Roster {
  readonly #api: ConnectorApi;
  readonly #clock: Clock;

  constructor(deps: { readonly api: ConnectorApi; readonly clock: Clock }) {
    this.#api = deps.api;
    this.#clock = deps.clock;
  }

  async member(place: Place, id: string): Promise<RosterAnswer<RosterMember>> {
    const answer = await this.#ask(place.serviceUrl, conversationPath(place.conversationId, 'members', id));
    if (answer.kind !== 'told') return answer;
    const member = memberOf(answer.told);
    return member === undefined ? { kind: 'none' } : { kind: 'told', told: member };
  }

  async owners(place: Place): Promise<RosterAnswer<readonly RosterMember[]>> {
    const owners: RosterMember[] = [];
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = new URLSearchParams({ pageSize: String(PAGE) });
      if (token !== undefined) query.set('continuationToken', token);
      const path = conversationPath(place.conversationId, 'pagedmembers');
      const answer = await this.#ask(place.serviceUrl, `${path}?${query}`);
      if (answer.kind !== 'told') return answer;
      const read = pageSchema.safeParse(answer.told);
      if (!read.success) return { kind: 'none' };
      const members = read.data.members.map(memberOf).filter((one) => one !== undefined);
      owners.push(...members.filter(({ isOwner }) => isOwner));
      token = read.data.continuationToken ?? undefined;
      if (token === undefined) break;
    }
    return { kind: 'told', told: owners };
  }

  async #ask(serviceUrl: string, path: string): Promise<RosterAnswer<unknown>> {
    try {
      const exchange = await this.#api.call(serviceUrl, { method: 'GET', path });
      const failure = toFailure(exchange, this.#clock.now());
      if (failure === undefined && exchange.kind === 'answered')
        return { kind: 'told', told: json(exchange.body) };
      const { status = 0, retryAfter } = failure ?? {};
      // The person or the bot is not there, or the channel has no rosters: asking again says the same.
      if (status >= 300 && status < 500 && status !== 401 && status !== 408 && status !== 429)
        return { kind: 'none' };
      const later = retryAfter ?? (status === 429 ? AFTER_TOO_MANY : undefined);
      return { kind: 'away', ...defined({ retryAfter: later }) };
    } catch (error) {
      // Nothing was asked, and asking again would say the same.
      if (error instanceof UntrustedServiceUrl) return { kind: 'none' };
      throw error;
    }
  }
}

function memberOf(value: unknown): RosterMember | undefined {
  const read = memberSchema.safeParse(value);
  if (!read.success) return undefined;
  const { id, aadObjectId, objectId, email, userPrincipalName, userRole } = read.data;
  const entra = aadObjectId ?? objectId;
  return {
    id,
    ...(entra === undefined || entra === null || entra === '' || entra.length > LONGEST_ID
      ? {}
      : { aadObjectId: entra }),
    ...usableNames({
      ...(userPrincipalName === undefined || userPrincipalName === null ? {} : { userPrincipalName }),
      ...(email === undefined || email === null ? {} : { mail: email }),
    }),
    isOwner: userRole?.toLowerCase() === 'owner',
  };
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // No member can be read from it.
    return undefined;
  }
}
