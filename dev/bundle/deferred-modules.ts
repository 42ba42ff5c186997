import type { Plugin } from 'esbuild';

/**
 * Modules of Node that the functions library requires when it is loaded, and uses for streams of HTTP, which this app has none
 * of, and for ids of functions without a name. Loading them takes longer than registering all functions.
 */
export const deferred: readonly string[] = ['crypto', 'http', 'net'];

/** Whose requirements are deferred: the one file of the library. */
const IMPORTER = /[\\/]node_modules[\\/]@azure[\\/]functions[\\/]dist[\\/]azure-functions\.js$/;

/** Lets such a module be loaded when it is first used, and not when its importer is. */
export function deferredModules(): Plugin {
  return {
    name: 'deferred-modules',
    setup(build) {
      const filter = new RegExp(`^(${deferred.join('|')})$`);
      build.onResolve({ filter }, ({ path, importer }) =>
        // What is deferred requires the module itself, and has a name for an importer and no path.
        IMPORTER.test(importer) ? { path, namespace: 'deferred' } : undefined,
      );
      build.onLoad({ filter, namespace: 'deferred' }, ({ path }) => ({ contents: standIn(path) }));
    },
  };
}

function standIn(name: string): string {
  return `
    module.exports = new Proxy({}, {
      get: (_self, property) => require(${JSON.stringify(name)})[property],
      ownKeys() {
        throw new Error(${JSON.stringify(`"${name}" is deferred (dev/bundle/): its properties cannot be listed`)});
      },
    });`;
}
