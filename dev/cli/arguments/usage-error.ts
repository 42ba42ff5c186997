/** The command line cannot be used. The message names the flag, its rule and the remedy; exit status 2. */
export class UsageError extends Error {
  readonly code = 'usage';

  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
