import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** What the app takes of a package, in place of a file that loads all of it. */
interface Trimmed {
  readonly name: string;
  /** The import that is replaced, as it is written. */
  readonly path: RegExp;
  /** Only where the importing file is one of these. */
  readonly importer: RegExp;
  /** An ES module, of which what is missing here and asked for is an error of the build; or CommonJS where it is required. */
  readonly contents: string;
}

/** CommonJS for an importer that uses these parts of a module alone; whatever else it comes to ask for is refused by name. */
function onlyWith(name: string, parts: { readonly [part: string]: string } = {}): string {
  const getters = Object.entries(parts).map(([part, value]) => `get ${part}() { return ${value}; }`);
  const message = `this part of "${name}" is left out of the app (dev/bundle/): `;
  return `
    module.exports = new Proxy({ __esModule: true, ${getters.join(', ')} }, {
      get(own, part) {
        if (part in own || typeof part === 'symbol') return own[part];
        throw new Error(${JSON.stringify(message)} + part);
      },
      ownKeys() {
        throw new Error(${JSON.stringify(message)} + 'a list of everything');
      },
    });`;
}

/** The one class of Bot Framework that the app extends. */
const CLOUD_ADAPTER = /[\\/]node_modules[\\/]botbuilder-core[\\/]lib[\\/]cloudAdapterBase\.js$/;

/** In the place of the `zod` whose schemas a package makes when it is loaded, to check by them what this app never has checked. */
const UNUSED_SCHEMAS = `
  const schema = new Proxy(function () {}, {
    get(_own, part) {
      if (part === '__esModule') return true;
      if (/parse/i.test(String(part))) throw new Error('checks of botframework-schema are left out of the app (dev/bundle/): ' + String(part));
      return schema;
    },
    apply: () => schema,
  });
  module.exports = schema;`;

const trimmed: readonly Trimmed[] = [
  {
    name: 'botframework-schema/zod',
    path: /^zod$/,
    importer: /[\\/]node_modules[\\/]botframework-schema[\\/]/,
    contents: UNUSED_SCHEMAS,
  },
  {
    // The rest is state, storage, transcripts, telemetry, and sign-in from an environment of its own.
    name: 'botbuilder-core',
    path: /^botbuilder-core$/,
    importer: /[\\/]sdk[\\/]botbuilder[\\/]/,
    contents: "export { CloudAdapterBase } from './botbuilder-core/lib/cloudAdapterBase.js';",
  },
  {
    name: 'botbuilder-core/index',
    path: /^\.$/,
    importer: /[\\/]botbuilder-core[\\/]lib[\\/](turnContext|activityHandlerBase)\.js$/,
    contents: onlyWith('botbuilder-core', {
      INVOKE_RESPONSE_KEY: "require('./botbuilder-core/lib/activityHandlerBase.js').INVOKE_RESPONSE_KEY",
      ActivityTypes: "require('./botframework-schema/lib/index.js').ActivityTypes",
    }),
  },
  {
    // What its client for administrators is made of; the app sends, and queues are made by the infrastructure's templates.
    name: 'service-bus-administration',
    path: /^@azure\/core-(client|rest-pipeline|xml)$/,
    importer: /[\\/]@azure[\\/]service-bus[\\/]dist[\\/]index\.js$/,
    contents: onlyWith('@azure/service-bus', { ServiceClient: 'class {}' }),
  },
  {
    // The rest is another copy of the Azure SDK's pipeline.
    name: 'botbuilder-stdlib',
    path: /^botbuilder-stdlib$/,
    importer: CLOUD_ADAPTER,
    contents: onlyWith('botbuilder-stdlib', { delay: "require('./botbuilder-stdlib/lib/delay.js').delay" }),
  },
  {
    // For the SDK's own operations: the app takes its pipeline alone, without the policies that would read or write XML.
    name: '@azure/data-tables/xml',
    path: /^@azure\/core-xml$/,
    importer: /[\\/]@azure[\\/]data-tables[\\/]dist[\\/]/,
    contents: ['parseXML', 'stringifyXML']
      .map(
        (name) =>
          `export function ${name}() { throw new Error('XML is left out of the app (dev/bundle/).'); }`,
      )
      .join('\n'),
  },
  {
    // The rest is clients, tokens and keys of Bot Framework's own: the app signs in by shared/adapters/bot/token/, checks
    // tokens by itself, and sends by its thin client.
    name: 'botframework-connector',
    path: /^botframework-connector$/,
    importer: /[\\/]sdk[\\/]botbuilder[\\/]/,
    contents: [
      ['BotFrameworkAuthentication', 'botFrameworkAuthentication'],
      ['ClaimsIdentity', 'claimsIdentity'],
      ['ConnectorFactory', 'connectorFactory'],
      ['UserTokenClient', 'userTokenClient'],
    ]
      .map(([name, file]) => `export { ${name} } from './botframework-connector/lib/auth/${file}.js';`)
      .join('\n'),
  },
  {
    name: 'botframework-connector/core',
    path: /^botframework-connector$/,
    importer: CLOUD_ADAPTER,
    contents: onlyWith('botframework-connector', {
      AuthenticationConstants:
        "require('./botframework-connector/lib/auth/authenticationConstants.js').AuthenticationConstants",
      ClaimsIdentity: "require('./botframework-connector/lib/auth/claimsIdentity.js').ClaimsIdentity",
    }),
  },
  {
    // Tokens of other bots, and with them the clients of four packages.
    name: 'botframework-connector/tokens',
    path: /^\.\/(jwtTokenValidation|skillValidation)$/,
    importer: /[\\/]botframework-connector[\\/]lib[\\/]auth[\\/]botFrameworkAuthentication\.js$/,
    contents: onlyWith('botframework-connector'),
  },
  {
    // What somebody who signs in to a third party says: nobody does.
    name: 'botframework-connector/zod',
    path: /^zod$/,
    importer: /[\\/]botframework-connector[\\/]lib[\\/]auth[\\/]userTokenClient\.js$/,
    contents: onlyWith('zod'),
  },
  {
    // The rest is fetch, WebSocket, caches and mocks: half of the package.
    name: 'undici',
    path: /^undici$/,
    importer: /^(?!.*[\\/]node_modules[\\/])/,
    contents: [
      "export { default as Agent } from 'undici/lib/dispatcher/agent.js';",
      "export { default as Pool } from 'undici/lib/dispatcher/pool.js';",
    ].join('\n'),
  },
  {
    // The rest is sign-in, storage, an application model, and a client of its own.
    name: '@microsoft/agents-hosting',
    path: /^@microsoft\/agents-hosting$/,
    importer: /[\\/]sdk[\\/]agents[\\/]/,
    contents: [
      "export { INVOKE_RESPONSE_KEY } from './@microsoft/agents-hosting/dist/src/activityHandler.js';",
      "export { BaseAdapter } from './@microsoft/agents-hosting/dist/src/baseAdapter.js';",
      "export { TurnContext } from './@microsoft/agents-hosting/dist/src/turnContext.js';",
    ].join('\n'),
  },
  {
    // Telemetry of the SDK's own, which it goes without where it cannot load this: spans and lines that nobody reads here,
    // for a sixth of the CPU time of a send.
    name: '@opentelemetry',
    path: /^@opentelemetry\/api(-logs)?$/,
    importer: /[\\/]node_modules[\\/]@microsoft[\\/]agents-telemetry[\\/]/,
    contents: "throw new Error('This app has no OpenTelemetry (dev/bundle/).');",
  },
  {
    // Messages in fifty languages, of which the app shows none: its own are in shared/locale/.
    name: 'zod-locales',
    path: /^\.\.\/locales\/index\.js$/,
    importer: /[\\/]node_modules[\\/]zod[\\/]v4[\\/]/,
    contents: "export { default as en } from 'zod/v4/locales/en.js';",
  },
];

/** Leaves out of the bundle what the app does not use of a package and the package does not let go by itself. */
export function trimmedPackages(root: string): Plugin {
  return {
    name: 'trimmed-packages',
    setup(build) {
      for (const { name, path, importer, contents } of trimmed) {
        build.onResolve({ filter: path }, (asked) =>
          importer.test(asked.importer) ? { path: name, namespace: 'trimmed' } : undefined,
        );
        build.onLoad({ filter: new RegExp(`^${name}$`), namespace: 'trimmed' }, () => ({
          contents,
          resolveDir: join(root, 'node_modules'),
        }));
      }
    },
  };
}
