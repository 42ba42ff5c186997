// Loads the app whose entry file is named, as the worker does, and prints what it took: milliseconds since the process
// began and of its CPU, resident bytes, and how many functions were registered. Without an entry file: the same of an empty process.
import Module from 'node:module';
import { pathToFileURL } from 'node:url';

let registered = 0;
class Disposable {
  dispose() {}
}
let model;
const core = {
  version: '3.14.1',
  hostVersion: '4.1052.200',
  Disposable,
  setProgrammingModel: (given) => {
    model = given;
  },
  getProgrammingModel: () => model,
  registerFunction: () => {
    registered += 1;
    return new Disposable();
  },
  registerHook: () => new Disposable(),
  log: () => {},
};
const original = Module.prototype.require;
Module.prototype.require = function require(id) {
  return id === '@azure/functions-core' ? core : original.call(this, id);
};

const [, , entry] = process.argv;
if (entry !== undefined) await import(pathToFileURL(entry).href);
const { user, system } = process.cpuUsage();
const cpu = (user + system) / 1000;
console.log(JSON.stringify({ ms: performance.now(), cpu, rss: process.memoryUsage.rss(), registered }));
process.exit(0);
