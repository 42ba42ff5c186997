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

const trimmed: readonly Trimmed[] = [
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
