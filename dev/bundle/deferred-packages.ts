import type { Plugin } from 'esbuild';

/** A package that another one requires when it is loaded, and uses only in ways in which this app never does. */
interface Deferred {
  readonly name: string;
  /** Whether it says of itself that it is an ES module (`__esModule`): its importer asks before it uses anything. */
  readonly esModule: boolean;
}

/**
 * Clients, tokens and keys of Bot Framework's own. The app signs in by shared/adapters/bot/token/ and sends by its thin
 * client, so none of them is ever used; loading them takes longer than all that is used of Bot Framework.
 */
export const deferred: readonly Deferred[] = [
  { name: '@azure/identity', esModule: true },
  { name: '@azure/msal-node', esModule: false },
  { name: 'axios', esModule: false },
  { name: 'cross-fetch', esModule: false },
  { name: 'https-proxy-agent', esModule: true },
  { name: 'jsonwebtoken', esModule: false },
  { name: 'node-fetch', esModule: true },
];

/** Whose requirements are deferred. */
const IMPORTER = /[\\/]node_modules[\\/]botframework-connector[\\/]lib[\\/]/;

/** Lets such a package be loaded when it is first used, and not when its importer is. */
export function deferredPackages(): Plugin {
  return {
    name: 'deferred-packages',
    setup(build) {
      const byName = new Map(deferred.map((one) => [one.name, one]));
      const filter = new RegExp(`^(${[...byName.keys()].join('|')})$`);
      build.onResolve({ filter }, ({ path, importer, resolveDir }) =>
        // What is deferred requires the package itself, and has a name for an importer and no path.
        IMPORTER.test(importer) ? { path, namespace: 'deferred', pluginData: resolveDir } : undefined,
      );
      build.onLoad({ filter, namespace: 'deferred' }, ({ path, pluginData }) => ({
        contents: standIn(path, byName.get(path)?.esModule ?? false),
        resolveDir: String(pluginData),
      }));
    },
  };
}

function standIn(name: string, esModule: boolean): string {
  return `
    const load = () => require(${JSON.stringify(name)});
    const standIn = (module.exports = new Proxy(function () {}, {
      get: (_self, property) => (property === '__esModule' ? ${esModule} : load()[property]),
      apply: (_self, self, args) => Reflect.apply(load(), self, args),
      construct: (_self, args, asked) => Reflect.construct(load(), args, asked === standIn ? load() : asked),
      ownKeys() {
        throw new Error(${JSON.stringify(`"${name}" is deferred (dev/bundle/): its properties cannot be listed`)});
      },
    }));`;
}
