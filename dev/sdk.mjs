// Which SDK runs the bot's turns is decided when the app is built. Plain JavaScript: `npm start` reads it before anything
// is installed.

/** What `#bot-sdk` stands for (shared/adapters/bot/sdk/), by name; the first one unless another is asked for. */
export const SDKS = {
  botbuilder: 'shared/adapters/bot/sdk/botbuilder/turns.ts',
  agents: 'shared/adapters/bot/sdk/agents/turns.ts',
};

/** The option and the variable say the same; where both are given, the option holds. */
const VARIABLE = 'NOTIFIER_SDK';

/** A name that stands for no SDK; its message is one line that names the fault and the remedy. */
export class UnknownSdk extends Error {}

/** The SDK of the environment, `botbuilder` without one. Throws UnknownSdk. */
export function sdkOf(environment) {
  const named = environment[VARIABLE] ?? '';
  return named === '' ? Object.keys(SDKS)[0] : checked(named, VARIABLE);
}

/**
 * Takes `--sdk NAME` or `--sdk=NAME` out of a command line and notes it in the environment, from where every program that
 * builds the app has it. Gives the rest of the command line. Throws UnknownSdk.
 */
export function takeSdk(argv, environment) {
  const at = argv.findIndex((word) => word === '--sdk' || word.startsWith('--sdk='));
  if (at < 0) {
    sdkOf(environment);
    return argv;
  }
  const isInline = argv[at] !== '--sdk';
  environment[VARIABLE] = checked(isInline ? argv[at].slice('--sdk='.length) : argv[at + 1], '--sdk');
  return argv.toSpliced(at, isInline ? 1 : 2);
}

/**
 * Which packages a start needs: `only` of installWhatIsMissing. The SDK that is not the default comes with the packages of
 * tests and checks, so that a start without it stays as small as it is.
 */
export function packagesFor(environment) {
  return sdkOf(environment) === Object.keys(SDKS)[0] ? 'start' : undefined;
}

function checked(named, where) {
  if (named !== undefined && Object.hasOwn(SDKS, named)) return named;
  const given = named === undefined || named === '' ? 'nothing' : `"${named}"`;
  throw new UnknownSdk(`${where} must be one of ${Object.keys(SDKS).join(', ')}, not ${given}.`);
}
