import { BareError, HttpError } from '../http/errors.ts';

/** The error codes of Teams' conversation APIs, with the words that go with them. */
const MESSAGES: Readonly<Record<string, string>> = {
  BotNotRegistered: 'No registration found for this bot.',
  BotDisabledByAdmin: 'The tenant admin disabled this bot.',
  ConversationBlockedByUser: 'User blocked the conversation with the bot.',
  BotNotInConversationRoster: 'The bot is not part of the conversation roster.',
  ForbiddenOperationException: 'Bot is not installed in user\u2019s personal scope.',
  ConversationNotFound: 'Conversation not found.',
  ActivityNotFoundInConversation: 'The activity was not found in the conversation.',
  MemberNotFoundInConversation: 'The member was not found in the conversation.',
  PreconditionFailed: 'Precondition failed, please try again.',
  MessageSizeTooBig: 'Message size too large.',
  Throttled: 'Too many requests.',
  BadSyntax: 'The request has a null activity.',
  ServiceError: 'An error occurred in the service.',
  ServiceUnavailable: 'Service is unavailable.',
  GatewayTimeout: 'Gateway timeout.',
  NotEnoughPermissions: 'The bot does not have enough permissions.',
  InvalidBotApiHost: 'The bot calls the host of another cloud.',
};

/** Words that go with a code under one status only, as they were reported. */
const MESSAGES_OF_STATUS: Readonly<Record<string, string>> = {
  '403 ServiceError': 'Unknown',
  '400 BadArgument': 'Failed to decrypt pairwise id',
  '403 BadArgument': 'Failed to decrypt conversation id',
  '405 BadArgument': 'This channel does not support this operation',
};

/** How the front door of Teams refuses a token: with words, and without a code. */
const AUTHORIZATION_DENIED = 'AuthorizationDenied';

/** The code that Teams answers with a status when nothing more special is known. */
const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  401: 'BotNotRegistered',
  403: 'ConversationBlockedByUser',
  404: 'ConversationNotFound',
  412: 'PreconditionFailed',
  413: 'MessageSizeTooBig',
  429: 'Throttled',
  500: 'ServiceError',
  502: 'ServiceError',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/**
 * A refusal as Teams words it. `code` is taken from the status when it is left out; `MessageWritesBlocked` is not a
 * code of its own in the answer but the `subCode` of `ConversationBlockedByUser`.
 */
export function connectorError(status: number, code?: string, headers?: Record<string, string>): HttpError {
  const isSubCode = code === 'MessageWritesBlocked';
  const name = isSubCode ? 'ConversationBlockedByUser' : (code ?? CODE_OF_STATUS[status] ?? 'ServiceError');
  const message = MESSAGES_OF_STATUS[`${status} ${name}`] ?? MESSAGES[name] ?? name;
  if (name === AUTHORIZATION_DENIED) {
    return new BareError(status, name, 'Authorization has been denied for this request.', {
      headers: headers ?? {},
    });
  }
  return new HttpError(status, name, message, {
    headers: headers ?? {},
    details: isSubCode ? { subCode: 'MessageWritesBlocked' } : {},
  });
}

/** 429. `Retry-After` is in whole seconds, as HTTP has it; without a wait the header is left out. */
export function throttled(waitMs: number | undefined, code?: string): HttpError {
  const headers = waitMs === undefined ? {} : { 'Retry-After': String(Math.ceil(waitMs / 1000)) };
  return connectorError(429, code, headers);
}
