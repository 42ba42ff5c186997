import { z } from 'zod';
import { isMissingIn, ruleInWords, ruleNamed } from '../catalog/rule-in-words.ts';
import { type Fault, named, type Parsed, pathBelow } from '../domain/fault.ts';
import { didYouMean } from '../domain/nearest-name.ts';
import type { ConsoleAnswer, ConsoleRequest } from './route.ts';

/** What whoever writes finds in the way. */
export type Refusal = Extract<ConsoleAnswer, { readonly faults: readonly Fault[] }>;

export function invalid(title: string, faults: readonly Fault[], code = 'invalid-request'): Refusal {
  return { status: 400, code, title, faults };
}

/** @param name what stands at `path`, and names nothing */
export function notFound(what: string, path: string, name: string): Refusal {
  const message = `${named(name)} names no ${what} that is stored; list them and take its ${path} from there`;
  return {
    status: 404,
    code: 'not-found',
    title: `There is no such ${what}`,
    faults: [{ path, message, rule: 'not-found', values: { name } }],
  };
}

/** Somebody else changed it since it was read. */
export function changed(what: string): Refusal {
  return {
    status: 412,
    code: 'changed',
    title: `The ${what} was changed since you read it`,
    faults: [
      {
        path: 'If-Match',
        message: 'is not the version that is stored; read it again, and send what you want of both',
        rule: 'changed',
      },
    ],
  };
}

export function full(what: string, most: number): Refusal {
  return {
    status: 409,
    code: 'full',
    title: `There are as many ${what}s as are kept`,
    faults: [
      {
        path: '',
        message: `must be one of at most ${most} ${what}s; delete one that nobody needs`,
        rule: 'full',
        values: { most },
      },
    ],
  };
}

/** The version that a change is about; an answer where it must be given and is not. */
export function versionOf({ ifMatch }: ConsoleRequest, what: string): string | Refusal {
  const version = /^(?:W\/)?"([\w-]+)"$/.exec(ifMatch ?? '')?.[1];
  if (version !== undefined) return version;
  const message =
    'must hold the ETag of what you read, such as "k3Z…", so that nobody overwrites what another wrote';
  return {
    status: ifMatch === undefined ? 428 : 412,
    code: ifMatch === undefined ? 'if-match-missing' : 'changed',
    title: `It is not known which version of the ${what} you mean`,
    faults: [{ path: 'If-Match', message, rule: 'version-missing' }],
  };
}

/** A version as the header has it. */
export function etagOf({ version }: { readonly version: string }): string {
  return `"${version}"`;
}

export function keyOf({ idempotencyKey }: ConsoleRequest): string | Refusal {
  if (idempotencyKey !== undefined) return idempotencyKey;
  return {
    status: 428,
    code: 'idempotency-key-missing',
    title: 'It is not known whether this is a repetition',
    faults: [
      {
        path: 'Idempotency-Key',
        message: 'must name this one wish, such as a UUID; with the same key again nobody is told twice',
        rule: 'key-missing',
      },
    ],
  };
}

/** Another thing is asked for under the key of one that was asked for before. */
export const OTHER_REQUEST: Refusal = {
  status: 422,
  code: 'idempotency-key-reused',
  title: 'Something else was asked for with this key',
  faults: [
    {
      path: 'Idempotency-Key',
      message: 'must name one wish alone; repeat that one as it was, or give this one a key of its own',
      rule: 'key-reused',
    },
  ],
};

/** The same of a draft: nobody was told of anything. */
export const OTHER_DRAFT: Refusal = {
  ...OTHER_REQUEST,
  faults: OTHER_REQUEST.faults.map((fault) => ({ ...fault, rule: 'draft-key-reused' })),
};

export function isRefusal<Value>(value: Value | Refusal): value is Refusal {
  return typeof value === 'object' && value !== null && 'faults' in value && 'code' in value;
}

/** Reads a body. A field that nobody knows is a fault, with the one that was meant where it is near. */
export function bodyAs<Schema extends z.ZodObject>(schema: Schema, body: unknown): Parsed<z.output<Schema>> {
  const read = z.strictObject(schema.shape).safeParse(body, { error: ruleInWords });
  if (read.success) return { ok: true, value: read.data as z.output<Schema> };
  const known = Object.keys(schema.shape);
  const faults = read.error.issues.flatMap((issue): readonly Fault[] => {
    if (issue.code !== 'unrecognized_keys' || issue.path.length > 0)
      return [
        {
          path: pathBelow('', issue.path),
          message: issue.message,
          ...ruleNamed(issue, isMissingIn(body, issue.path)),
        },
      ];
    return issue.keys.map((key) => ({
      path: key,
      message: `is no field here; known are ${known.join(', ')}${didYouMean(key, known)}`,
      rule: 'no-such-field',
    }));
  });
  return { ok: false, faults };
}
