import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian calls it `prometheus-alertmanager`. `undefined` where it is not installed. */
export function findAlertmanager(env = process.env) {
  if (env.ALERTMANAGER_PATH) return env.ALERTMANAGER_PATH;
  return (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => ['prometheus-alertmanager', 'alertmanager'].map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}
