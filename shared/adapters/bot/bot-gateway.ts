import type { Activity } from '../../domain/conversation/activity.ts';
import { defined } from '../../domain/defined.ts';
import type { Fault } from '../../domain/fault.ts';
import type { TurnLogic } from '../../ports/conversation/turn-context.ts';
import type { Log } from '../../ports/log.ts';
import { parseActivity } from './activity/inbound-activity.ts';
import { type ServiceEndpoints, UntrustedServiceUrl } from './connector/service-endpoints.ts';
import type { Turns } from './sdk/sdk.ts';
import { SigningKeysUnavailable, Unauthenticated } from './token/authentication-errors.ts';
import { type InboundTokens, requireTokenFor } from './token/inbound-tokens.ts';

/** A POST to the bot's endpoint, with header names in lower case and the body parsed (`undefined` when it was no JSON). */
export interface InboundRequest {
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body: unknown;
}

export interface InboundAnswer {
  readonly status: number;
  /** JSON. */
  readonly body?: unknown;
}

/**
 * The bot's endpoint, without HTTP.
 *
 * | Request | Answer |
 * |---|---|
 * | no good token | 401 |
 * | the keys of tokens cannot be read | 503: the channel tries again |
 * | no activity, or one that lacks what the protocol requires | 400, with each fault |
 * | a token made for another channel or service URL | 401 |
 * | a service URL that the configuration does not trust | 403: nothing could be answered |
 * | anything else | the turn's: 200, or what an invoke's handler says |
 *
 * The turn's logic is called in the last case alone.
 */
export interface BotGateway {
  /** Rejects with whatever the logic threw; the caller logs it and answers 500, so that the channel tries again. */
  process(request: InboundRequest, logic: TurnLogic): Promise<InboundAnswer>;
}

export class HttpBotGateway implements BotGateway {
  readonly #turns: Turns;
  readonly #tokens: InboundTokens | undefined;
  readonly #endpoints: ServiceEndpoints;
  readonly #botId: string;
  readonly #log: Log;

  constructor(deps: {
    readonly turns: Turns;
    /** Absent in the local stack, where every request is taken for one of the local channel. */
    readonly tokens?: InboundTokens;
    readonly endpoints: ServiceEndpoints;
    /** Stands for the bot where an activity names no recipient. */
    readonly botId: string;
    readonly log: Log;
  }) {
    this.#turns = deps.turns;
    this.#tokens = deps.tokens;
    this.#endpoints = deps.endpoints;
    this.#botId = deps.botId;
    this.#log = deps.log;
  }

  async process(request: InboundRequest, logic: TurnLogic): Promise<InboundAnswer> {
    let activity: Activity;
    try {
      const token = await this.#tokens?.check(request.headers.authorization);
      const read = parseActivity(request.body, this.#botId);
      if (!read.ok) return this.#refuse(400, 'BadRequest', read.faults);
      activity = read.value;
      if (token !== undefined) requireTokenFor(token, activity);
      if (this.#endpoints.find(activity.serviceUrl) === undefined) throw new UntrustedServiceUrl();
    } catch (error) {
      // Nothing was stored or sent. What the channel sends again is looked at anew.
      if (error instanceof Unauthenticated) return this.#refuse(401, 'Unauthorized', [], error.reason);
      if (error instanceof UntrustedServiceUrl) return this.#refuse(403, 'UntrustedServiceUrl');
      if (error instanceof SigningKeysUnavailable) {
        this.#log.error('signing-keys.unavailable', { cause: String(error.cause) });
        return answer(503, 'ServiceUnavailable', []);
      }
      throw error;
    }
    const invoke = await this.#turns.run(activity, logic);
    if (invoke === undefined) return { status: 200 };
    return { status: invoke.status, ...defined({ body: invoke.body }) };
  }

  #refuse(status: number, code: string, faults: readonly Fault[] = [], reason?: string): InboundAnswer {
    this.#log.warn('activity.refused', {
      status,
      code,
      reason,
      fields: faults.map(({ path }) => path).join(' '),
    });
    return answer(status, code, faults);
  }
}

const messages: { readonly [code: string]: string } = {
  BadRequest: 'The body is not an activity of the Bot Framework protocol.',
  Unauthorized: 'A valid token of the Bot Connector is required.',
  UntrustedServiceUrl: 'The service URL is not trusted; see NOTIFIER_TRUSTED_SERVICE_URLS.',
  ServiceUnavailable: 'The keys of the Bot Connector cannot be read at the moment.',
};

/** The error body of the Bot Connector's own API, with the faults beside it. */
function answer(status: number, code: string, faults: readonly Fault[]): InboundAnswer {
  return {
    status,
    body: { error: { code, message: messages[code] }, ...(faults.length > 0 ? { faults } : {}) },
  };
}
