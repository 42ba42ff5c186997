import { type Duration, seconds } from '../time.ts';

/** How long a send waits for a token. A request for one that hangs is given up, and the next send asks anew. */
export const LONGEST_TOKEN_WAIT: Duration = seconds(10);

/** The message; where the channel has forgotten the conversation, its creation, and the message once more. */
const MOST_REQUESTS_UNDER_CLAIM = 3;

/**
 * The longest that a live worker makes requests under one claim. A claim that ends sooner lets another worker take a send
 * that is under way for one whose result is unknown, and the person is told twice.
 */
function longestUnderClaim(sendTimeout: Duration, { withToken }: { readonly withToken: boolean }): Duration {
  return MOST_REQUESTS_UNDER_CLAIM * sendTimeout + (withToken ? LONGEST_TOKEN_WAIT : 0);
}

/** Why a lease is too short, for an operator; `undefined` for one that is not. */
export function faultOfLease(
  lease: Duration,
  { sendTimeout, withToken }: { readonly sendTimeout: Duration; readonly withToken: boolean },
): string | undefined {
  const longest = longestUnderClaim(sendTimeout, { withToken });
  if (lease >= longest) return undefined;
  const token = withToken ? ` and ${LONGEST_TOKEN_WAIT / 1000}s for a token` : '';
  return `is ${lease}ms and must be ${longest}ms at least: ${MOST_REQUESTS_UNDER_CLAIM} times NOTIFIER_SEND_TIMEOUT (${sendTimeout}ms: a message, the making of a conversation that was forgotten, the message again)${token}. A claim that ends while its worker sends lets another send the same`;
}
