import { hostVersion } from '../core/injected-module.ts';
import type { RegisteredFunction } from '../core/invocation.ts';

/** Starts a function by hand. The promise settles when it is accepted, not when it has run. */
export type ManualInvoke = (registered: RegisteredFunction, input: string) => void;

export interface AdminApiOptions {
  functions: ReadonlyMap<string, RegisteredFunction>;
  isDisabled(name: string): boolean;
  invoke: ManualInvoke;
  /** `http://127.0.0.1:7071`. */
  baseUrl: string;
  /** Path of an HTTP function, without the leading slash. */
  templateOf(name: string): string | undefined;
}

export interface AdminAnswer {
  status: number;
  /** Sent as JSON. */
  body?: unknown;
}

/**
 * The host's management routes that local tools use: `GET /admin/host/status`, `GET /admin/host/ping`,
 * `GET /admin/functions[/<name>]` and `POST /admin/functions/<name>` with `{"input":""}`. No key is asked
 * for, as in Core Tools.
 *
 * @param path without the query, beginning with `/admin/`.
 */
export function answerAdmin(
  options: AdminApiOptions,
  method: string,
  path: string,
  body: string,
): AdminAnswer {
  const [, , area, name, ...rest] = path.replace(/\/$/, '').split('/');
  if (rest.length > 0) return { status: 404 };
  if (area === 'host' && method === 'GET' && name === 'status') return { status: 200, body: hostStatus() };
  if (area === 'host' && name === 'ping') return { status: 200 };
  if (area !== 'functions') return { status: 404 };

  if (name === undefined) {
    if (method !== 'GET') return { status: 404 };
    return { status: 200, body: [...options.functions.values()].map((each) => describe(options, each)) };
  }
  const wanted = decodeURIComponent(name).toLowerCase();
  const registered = [...options.functions.values()].find((each) => each.name.toLowerCase() === wanted);
  if (!registered) return { status: 404 };
  if (method === 'GET') return { status: 200, body: describe(options, registered) };
  if (method !== 'POST') return { status: 404 };
  const input = manualInput(body);
  if (input === undefined)
    return { status: 400, body: { message: 'The body has to be JSON such as {"input":""}.' } };
  if (/^httptrigger$/i.test(registered.trigger.type ?? '')) {
    const message = `"${registered.name}" is an HTTP function: call /${options.templateOf(registered.name)} itself.`;
    return { status: 400, body: { message } };
  }
  options.invoke(registered, input);
  return { status: 202 };
}

function manualInput(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const input = 'input' in parsed ? parsed.input : '';
    return typeof input === 'string' ? input : JSON.stringify(input);
  } catch {
    // The caller is told what a body has to look like.
    return undefined;
  }
}

function hostStatus(): object {
  return {
    id: 'localhost',
    state: 'Running',
    version: hostVersion,
    versionDetails: `${hostVersion} (local stand-in)`,
    processUptime: Math.round(process.uptime() * 1000),
    functionAppContentEditingState: 'Unknown',
  };
}

function describe(
  { baseUrl, isDisabled, templateOf }: AdminApiOptions,
  registered: RegisteredFunction,
): object {
  const { bindings } = registered.metadata;
  const template = templateOf(registered.name);
  return {
    name: registered.name,
    href: `${baseUrl}/admin/functions/${registered.name}`,
    invoke_url_template: template === undefined ? null : `${baseUrl}/${template}`,
    language: 'node',
    isDisabled: isDisabled(registered.name),
    config: {
      name: registered.name,
      bindings: Object.entries(bindings).map(([name, each]) => ({ ...each, name })),
    },
  };
}
