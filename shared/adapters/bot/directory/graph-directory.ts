import { z } from 'zod';
import { defined } from '../../../domain/defined.ts';
import { isGuid } from '../../../domain/identity/proofs.ts';
import { comparableName, type NameKind, usableNames } from '../../../domain/identity/told-names.ts';
import { type Duration, type Instant, seconds } from '../../../domain/time.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Directory, DirectoryAnswer, DirectoryPerson } from '../../../ports/conversation/directory.ts';
import type { Log } from '../../../ports/log.ts';
import type { Exchange } from '../connector/exchange.ts';
import type { HttpClient } from '../connector/http-client.ts';
import { parseRetryAfter } from '../connector/send-result.ts';
import { TokenUnavailable } from '../token/authentication-errors.ts';
import type { OutboundTokens } from '../token/outbound-tokens.ts';

/** After a fault that says nothing of when. */
const RETRY_AFTER: Duration = seconds(30);
/** More than one are several already. */
const MOST_PEOPLE = 3;
const FIELDS = 'id,userPrincipalName,mail';

const textField = z.string().nullish().catch(undefined);
const userSchema = z.object({ id: z.string().refine(isGuid), userPrincipalName: textField, mail: textField });
const listSchema = z.object({ value: z.array(z.unknown()) });
const errorSchema = z.object({ error: z.object({ code: z.string() }) });

/**
 * People of one tenant by Microsoft Graph's REST API, `GET /v1.0/users`, with the application permission `User.Read.All`.
 *
 * | Answer | Means |
 * |---|---|
 * | 200 | who goes by the name; an answer about somebody who does not is none |
 * | 400, 404 | nobody |
 * | 403 | the permission is missing: `refused`, until an operator grants it |
 * | 401, 429, 5xx, none | `away`; nothing is asked before the time that it names, or half a minute |
 */
export class GraphDirectory implements Directory {
  readonly tenantId: string;
  readonly #origin: string;
  readonly #http: Pick<HttpClient, 'exchange'>;
  readonly #tokens: OutboundTokens | undefined;
  readonly #clock: Clock;
  readonly #log: Log;
  #awayUntil: Instant = 0;

  constructor(deps: {
    readonly tenantId: string;
    /** `https://graph.microsoft.com`; names what the token is for as well. */
    readonly origin: string;
    readonly http: Pick<HttpClient, 'exchange'>;
    /** Absent in the local stack, which asks for no token. */
    readonly tokens?: OutboundTokens;
    readonly clock: Clock;
    readonly log: Log;
  }) {
    this.tenantId = deps.tenantId;
    this.#origin = deps.origin;
    this.#http = deps.http;
    this.#tokens = deps.tokens;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  async findListed(kind: NameKind, name: string): Promise<DirectoryAnswer> {
    const now = this.#clock.now();
    if (now < this.#awayUntil) return { kind: 'away', retryAfter: this.#awayUntil - now };
    let token: string | undefined;
    try {
      token = await this.#tokens?.get(this.#origin);
    } catch (error) {
      if (!(error instanceof TokenUnavailable)) throw error;
      // Nothing was asked; whoever needs the answer comes again.
      this.#log.error('token.unavailable', { cause: String(error.cause) });
      return this.#away(RETRY_AFTER);
    }
    const exchange = await this.#http.exchange(this.#origin, {
      method: 'GET',
      path: pathOf(kind, name),
      ...defined({ token }),
    });
    if (exchange.kind === 'unanswered') return this.#away(RETRY_AFTER, exchange.code);
    const { status } = exchange;
    if (status === 200) return { kind: 'told', people: peopleOf(exchange.body, kind, name) };
    if (status === 400 || status === 404) return { kind: 'told', people: [] };
    if (status === 403) {
      this.#log.error('directory.refused', { status, code: codeOf(exchange) });
      return { kind: 'refused' };
    }
    if (status === 401 && token !== undefined) this.#tokens?.refused(this.#origin, token);
    return this.#away(
      parseRetryAfter(exchange.retryAfter, this.#clock.now()) ?? RETRY_AFTER,
      codeOf(exchange),
      status,
    );
  }

  #away(retryAfter: Duration, code?: string, status?: number): DirectoryAnswer {
    this.#awayUntil = this.#clock.now() + retryAfter;
    this.#log.warn('directory.away', { status, code, delayMs: retryAfter });
    return { kind: 'away', retryAfter };
  }
}

/** A user principal name names the resource; a mail address is asked for, and several people may have it. */
function pathOf(kind: NameKind, name: string): string {
  const text = encodeURIComponent(name);
  // Begins with a `$` where the path of a user may not.
  if (kind === 'userPrincipalName') {
    const user = name.startsWith('$')
      ? `users('${encodeURIComponent(name.replaceAll("'", "''"))}')`
      : `users/${text}`;
    return `/v1.0/${user}?$select=${FIELDS}`;
  }
  const filter = encodeURIComponent(`mail eq '${name.replaceAll("'", "''")}'`);
  return `/v1.0/users?$filter=${filter}&$select=${FIELDS}&$top=${MOST_PEOPLE}`;
}

function peopleOf(body: string, kind: NameKind, name: string): readonly DirectoryPerson[] {
  const json = parsedJson(body);
  const list = kind === 'mail' ? listSchema.safeParse(json).data?.value : [json];
  return (list ?? []).flatMap((value): readonly DirectoryPerson[] => {
    const read = userSchema.safeParse(value);
    if (!read.success) return [];
    const { id, userPrincipalName, mail } = read.data;
    const names = usableNames({
      ...(userPrincipalName === undefined || userPrincipalName === null ? {} : { userPrincipalName }),
      ...(mail === undefined || mail === null ? {} : { mail }),
    });
    const told = names[kind];
    // A path names people by other ids as well; only who goes by the name is meant.
    if (told === undefined || comparableName(told) !== comparableName(name)) return [];
    return [{ objectId: id.toLowerCase(), ...names }];
  });
}

function codeOf(exchange: Extract<Exchange, { readonly kind: 'answered' }>): string | undefined {
  return errorSchema.safeParse(parsedJson(exchange.body)).data?.error.code.slice(0, 100);
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Whoever reads it finds nothing in it.
    return undefined;
  }
}
