import { UsageError } from '../arguments/usage-error.ts';
import { CommandFailed } from '../command.ts';
import type { Target } from './addresses.ts';

/** The error, and what caused it, outermost first. */
function chain(error: unknown): readonly Error[] {
  const errors: Error[] = [];
  for (let each = error; each instanceof Error && errors.length < 10; each = each.cause) errors.push(each);
  return errors;
}

function field(error: Error, name: string): string | undefined {
  const value = (error as unknown as { readonly [name: string]: unknown })[name]; // Errors carry what they like.
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

const UNREACHABLE = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ECONNRESET|ETIMEDOUT)\b/;
const SILENT = new Set(['ServiceTimeout', 'OperationTimeoutError', 'AbortError', 'TimeoutError']);

/**
 * Makes one line of a service that cannot be used: what was asked, what is wrong, what to do. An error that says
 * nothing of the connection is given back as it is.
 */
export function connectionFailure(error: unknown, target: Target): unknown {
  const errors = chain(error);
  // Said already, or by whoever speaks with the other service.
  const stranger = target.service === 'broker' ? 'StoreUnavailable' : 'QueueUnavailable';
  if (error instanceof CommandFailed || error instanceof UsageError || errors[0]?.name === stranger)
    return error;
  const texts = errors.map(({ message }) => message).join('\n');
  const codes = errors.flatMap((each) => [field(each, 'code'), each.name]);
  const statuses = errors.map((each) => field(each, 'statusCode'));
  const what = target.service === 'broker' ? 'broker' : 'table storage';
  const where = `${what} at ${target.host}`;
  const flag = target.service === 'broker' ? '--connection or --namespace' : '--tables or --tables-endpoint';
  const fail = (message: string): CommandFailed => new CommandFailed(message, { cause: error });

  if (/^Failed to connect$/m.test(texts)) return fail(`the ${where} broke off the connection; try again`);
  if (
    errors.some(({ name }) => /^(CredentialUnavailable|AggregateAuthentication|Authentication)/.test(name))
  ) {
    return fail(
      `no Azure identity was found for the ${where}; sign in with "az login", or use a connection string`,
    );
  }
  const network = UNREACHABLE.exec(`${texts}\n${codes.join('\n')}`)?.[1];
  if (network !== undefined) {
    const remedy = target.named
      ? `check the address given by ${flag} or the environment`
      : `is "npm start" running? Or name one with ${flag}`;
    return fail(`no ${what} answers at ${target.host} (${network}); ${remedy}`);
  }
  if (codes.includes('UnauthorizedAccess') || statuses.includes('401') || statuses.includes('403')) {
    return fail(`the ${where} refuses the key or identity; it needs ${rightsOf(target)}`);
  }
  if (codes.includes('MessagingEntityNotFound')) {
    return fail(`the ${where} has no such queue; is it the notifier's own? It was looked for with ${flag}`);
  }
  if (codes.some((code) => code !== undefined && SILENT.has(code)) || /timed out/i.test(texts)) {
    return fail(`the ${where} did not answer in time; it may be starting or overloaded: try again`);
  }
  if (/Invalid protocol header|wrong version number|Parse Error/i.test(texts)) {
    return fail(`what answers at ${target.host} is no ${what}; check the port`);
  }
  if (
    errors.some(({ name }) =>
      /^(MessagingError|ServiceBusError|StoreUnavailable|QueueUnavailable)$/.test(name),
    )
  ) {
    const last = errors.at(-1);
    return fail(`the ${where} failed: ${last?.message ?? 'no reason was given'}`);
  }
  return error;
}

function rightsOf(target: Target): string {
  return target.service === 'broker'
    ? 'the roles Azure Service Bus Data Sender and Data Receiver'
    : 'the role Storage Table Data Contributor';
}

/** Runs work against one service; what is wrong with the connection becomes `CommandFailed`. */
export async function using<T>(target: Target, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Reported to the person, who decides; nothing comes back by itself.
    throw connectionFailure(error, target);
  }
}
