/**
 * The host cannot start, or not with this app. The message names what was found, the rule and the remedy,
 * so it can be shown to a person as it is: the command prints it on one line and exits with status 1.
 */
export class HostError extends Error {
  override readonly name = 'HostError';
}

/** Marked as the worker marks its own errors, which the library looks at. */
export function systemError<E extends Error>(error: E): E {
  return Object.assign(error, { isAzureFunctionsSystemError: true });
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
