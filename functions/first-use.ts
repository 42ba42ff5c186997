/**
 * A handler that is loaded when it is first called, once: what one function needs does not slow down the start of the
 * others. A load that fails is tried again at the next call.
 */
export function onFirstUse<Arguments extends unknown[], Result>(
  load: () => Promise<(...args: Arguments) => Result | Promise<Result>>,
): (...args: Arguments) => Promise<Result> {
  let loaded: Promise<(...args: Arguments) => Result | Promise<Result>> | undefined;
  return async (...args) => {
    loaded ??= load().catch((cause: unknown) => {
      loaded = undefined;
      throw cause;
    });
    return (await loaded)(...args);
  };
}
