// Plain JavaScript: `npm start` reads its options before anything is installed.

const PORTS = {
  port: { name: 'functions', standard: 7071, what: 'functions host: bot endpoint, events, health' },
  'amqp-port': { name: 'broker', standard: 5672, what: 'Service Bus stand-in (AMQP 1.0)' },
  'tables-port': { name: 'tables', standard: 10002, what: 'Table Storage (Azurite)' },
  'blobs-port': { name: 'blobs', standard: 10000, what: 'Blob Storage (Azurite), with --func only' },
  'chat-port': { name: 'channel', standard: 56150, what: 'chat page and local channel' },
};

const SWITCHES = ['no-chat', 'func', 'inspect', 'verbose', 'json', 'watch', 'help'];

export const HELP = `Usage: npm start -- [options]

Starts the whole product on this machine and stays in the foreground; Ctrl-C stops it.

Options:
${Object.entries(PORTS)
  .map(([option, port]) => `  ${`--${option} PORT`.padEnd(20)}${port.what} (default ${port.standard})`)
  .join('\n')}
  --no-chat           without the chat page and its channel
  --func              without the functions host: Azure Functions Core Tools take its place (npm run start:func)
  --data DIR          where tables, queues and chats are kept (default .local/)
  --inspect           open the functions host's debugger on 127.0.0.1:9229
  --watch             build and start the app again when app/, functions/ or shared/ change
  --sdk NAME          which SDK runs the bot's turns: botbuilder (default) or agents; also NOTIFIER_SDK
  --verbose           show every line that the parts print, as they print it
  --json              print a JSON object a line, for machines
  --help              this text

A port of 0 stands for any free one.`;

/** A command line that cannot be used; its message is one line that names the fault and the remedy. */
export class UsageError extends Error {}

/**
 * Reads the options of `npm start`. Both `--port 80` and `--port=80` are understood.
 *
 * Throws UsageError for an unknown option, a missing or bad value, and for one port given to two parts.
 */
export function parseStartOptions(argv) {
  const options = {
    ports: Object.fromEntries(Object.values(PORTS).map((port) => [port.name, port.standard])),
    chat: true,
    func: false,
    data: '.local',
    inspect: false,
    watch: false,
    verbose: false,
    json: false,
    help: false,
  };
  const rest = [...argv];
  while (rest.length > 0) {
    const [name, inline] = splitOption(rest.shift());
    if (SWITCHES.includes(name)) {
      if (inline !== undefined) throw new UsageError(`--${name} takes no value. ${SEE_HELP}`);
      if (name === 'no-chat') options.chat = false;
      else options[name] = true;
      continue;
    }
    if (name !== 'data' && !Object.hasOwn(PORTS, name)) {
      throw new UsageError(`Unknown option --${name}. ${SEE_HELP}`);
    }
    const value = inline ?? rest.shift();
    if (value === undefined || value === '' || (inline === undefined && value.startsWith('--'))) {
      throw new UsageError(`--${name} needs a value. ${SEE_HELP}`);
    }
    if (name === 'data') options.data = value;
    else options.ports[PORTS[name].name] = parsePort(name, value);
  }
  refuseSharedPorts(options);
  return options;
}

/** The option that sets a part's port, as people type it: `functions` -> `--port`. */
export function optionOf(part) {
  return `--${Object.keys(PORTS).find((option) => PORTS[option].name === part)}`;
}

const SEE_HELP = 'npm start -- --help lists the options.';

function splitOption(word) {
  if (!word.startsWith('--') || word === '--') {
    throw new UsageError(`Unexpected argument "${word}". ${SEE_HELP}`);
  }
  const at = word.indexOf('=');
  return at < 0 ? [word.slice(2), undefined] : [word.slice(2, at), word.slice(at + 1)];
}

function parsePort(name, value) {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65535) {
    throw new UsageError(`--${name} must be a whole number from 0 to 65535, not "${value}". ${SEE_HELP}`);
  }
  return port;
}

/** The parts that are not started, and whose ports matter to nobody. */
export function leftOut({ chat, func }) {
  return [...(chat ? [] : ['channel']), ...(func ? [] : ['blobs'])];
}

function refuseSharedPorts(options) {
  const { ports } = options;
  const seen = new Map();
  for (const [part, port] of Object.entries(ports)) {
    if (port === 0 || leftOut(options).includes(part)) continue;
    const other = seen.get(port);
    if (other) {
      throw new UsageError(
        `${optionOf(other)} and ${optionOf(part)} are both ${port}; give each its own port.`,
      );
    }
    seen.set(port, part);
  }
}
