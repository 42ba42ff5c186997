import { execFile } from 'node:child_process';
import { z } from 'zod';
import { CommandFailed } from '../command.ts';
import type { Io } from '../io.ts';

/** Runs `az` with arguments and gives what it printed as JSON; rejects with `AzRefused`. Tests put recorded answers here. */
export type Az = (args: readonly string[]) => Promise<unknown>;

/** `az` ran and said no: a right is missing, or what was asked for is not there. */
export class AzRefused extends Error {}

/** The Azure CLI on the PATH, signed in as whoever runs this. Throws `CommandFailed` where there is none. */
export function azureCli(io: Io): Az {
  return (args) =>
    new Promise((resolve, reject) => {
      const options = { env: { ...io.env }, maxBuffer: 64 * 1024 * 1024, signal: io.signal };
      execFile('az', [...args, '--output', 'json'], options, (error, output, errors) => {
        if (error === null) {
          resolve(output.trim() === '' ? undefined : JSON.parse(output));
        } else if (typeof error.code === 'string' && error.code === 'ENOENT') {
          const where = 'https://learn.microsoft.com/cli/azure/install-azure-cli';
          reject(
            new CommandFailed(`the Azure CLI is not on the PATH; install it (${where}), then "az login"`),
          );
        } else {
          reject(new AzRefused(firstLine(errors) ?? error.message, { cause: error }));
        }
      });
    });
}

function firstLine(text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => line.replace(/^ERROR: /, '').trim())
    .find((line) => line !== '' && !line.startsWith('WARNING'));
}

const page = z.looseObject({ value: z.array(z.unknown()), nextLink: z.string().nullish() });

/** Azure Resource Manager by `az rest`: the shapes are those of the REST reference. */
export class ResourceManager {
  readonly #az: Az;

  constructor(az: Az) {
    this.#az = az;
  }

  get<T>(path: string, version: string, schema: z.ZodType<T>): Promise<T> {
    return this.#ask('get', `${path}${path.includes('?') ? '&' : '?'}api-version=${version}`, schema);
  }

  post<T>(path: string, version: string, schema: z.ZodType<T>): Promise<T> {
    return this.#ask('post', `${path}?api-version=${version}`, schema);
  }

  /** Every page of a list. */
  async list<T>(path: string, version: string, schema: z.ZodType<T>): Promise<readonly T[]> {
    const all: T[] = [];
    let found = await this.get(path, version, page);
    all.push(...z.array(schema).parse(found.value));
    while (found.nextLink) {
      found = await this.#ask('get', found.nextLink, page);
      all.push(...z.array(schema).parse(found.value));
    }
    return all;
  }

  async #ask<T>(method: 'get' | 'post', url: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await this.#az(['rest', '--method', method, '--url', url]));
  }
}
