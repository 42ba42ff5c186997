import { type Fault, type Parsed, parsed } from '../fault.ts';

/**
 * Hosts of the Bot Connector in the public cloud, trusted when the setting is empty.
 *
 * - `smba.trafficmanager.net`: Microsoft Teams, every region (the region and the tenant are in the path, `/emea/<tenant>/`).
 *   Only this very name: whoever has an Azure subscription can register another one below `trafficmanager.net`.
 * - `*.botframework.com`: all other channels, one name each (`webchat.`, `directline.`, `europe.directline.`, `slack.`).
 *   Microsoft alone hands out names there.
 *
 * Bots in other clouds name their hosts in the setting instead: GCC `smba.infra.gcc.teams.microsoft.com`,
 * GCC High `smba.infra.gov.teams.microsoft.us` and `*.botframework.azure.us`, DoD `smba.infra.dod.teams.microsoft.us`.
 */
const DEFAULT_SERVICE_HOSTS = 'smba.trafficmanager.net, *.botframework.com';

/** Enough of an entry to find it again. */
const LONGEST_SHOWN = 80;

/** The names under which a machine reaches itself, in the spelling that a URL parser gives them. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Names below these belong to whoever registers them first, so no wildcard may cover them. The public suffix list has most
 * of them, and cannot say which of them lie below a name (`*.core.windows.net`).
 */
const SHARED_SUFFIXES = [
  'trafficmanager.net',
  'azurewebsites.net',
  'cloudapp.azure.com',
  'azure-api.net',
  'azurefd.net',
  'azureedge.net',
  'azurestaticapps.net',
  'azurecontainerapps.io',
  'blob.core.windows.net',
  'web.core.windows.net',
  'servicebus.windows.net',
  'cloudapp.net',
];

/** Those among them that have a name for each region first: `westeurope.cloudapp.azure.com`. */
const REGIONAL_SUFFIXES = [
  'cloudapp.azure.com',
  'azurestaticapps.net',
  'azurecontainerapps.io',
  'web.core.windows.net',
];

/** Whether anybody can register a name below a host. */
export type IsPublicSuffix = (host: string) => boolean;

interface TrustedHost {
  /** `smba.trafficmanager.net`, or `.botframework.com` for every name below it. */
  readonly host: string;
  /** As a URL shows it: the empty string for https' default port. */
  readonly port: string;
}

/**
 * The service URLs to which a token and a message may be sent.
 *
 * A service URL comes with an activity, and whoever receives a bot's token can speak as the bot. So it is compared
 * as a whole, not searched for a trusted name: scheme, host and port have to be written exactly as a URL parser
 * would write them. Whatever needs interpretation to mean a trusted host (user info, a backslash, another spelling
 * of an address, a full stop at the end, letters beyond ASCII, percent signs in the host) is refused.
 */
export class TrustedServiceUrls {
  /** Trusts nothing. */
  static readonly none: TrustedServiceUrls = new TrustedServiceUrls([], false);

  readonly #hosts: readonly TrustedHost[];
  readonly #loopback: boolean;

  private constructor(hosts: readonly TrustedHost[], loopback: boolean) {
    this.#hosts = hosts;
    this.#loopback = loopback;
  }

  /**
   * Reads a list of hosts parted by commas: `host`, `host:port` or `*.host`. Without a port, https on its default
   * port; with one, https on that port. An absent or blank text stands for `DEFAULT_SERVICE_HOSTS`; any other
   * replaces them.
   * `loopback` adds this machine on any port, by http too: for the local stack. `isPublicSuffix` is asked for wildcards.
   */
  static parse(
    text: string | undefined,
    {
      loopback,
      isPublicSuffix = () => false,
    }: { readonly loopback: boolean; readonly isPublicSuffix?: IsPublicSuffix },
  ): Parsed<TrustedServiceUrls> {
    const list = text === undefined || text.trim() === '' ? DEFAULT_SERVICE_HOSTS : text;
    const hosts: TrustedHost[] = [];
    const faults: Fault[] = [];
    for (const entry of list.split(',').map((part) => part.trim())) {
      const host = parseEntry(entry, isPublicSuffix);
      if (typeof host === 'string')
        faults.push({ path: '', message: `holds "${entry.slice(0, LONGEST_SHOWN)}": ${host}` });
      else hosts.push(host);
    }
    return faults.length > 0 ? { ok: false, faults } : parsed(new TrustedServiceUrls(hosts, loopback));
  }

  /** Whether a token and a message may be sent there. Never throws, whatever the text is. */
  trusts(serviceUrl: string): boolean {
    const url = parseExact(serviceUrl);
    if (url === undefined) return false;
    if (this.#loopback && LOOPBACK.has(url.hostname)) return true;
    return url.protocol === 'https:' && this.#hosts.some((trusted) => covers(trusted, url));
  }
}

function covers(trusted: TrustedHost, url: URL): boolean {
  if (trusted.port !== url.port) return false;
  return trusted.host.startsWith('.')
    ? url.hostname.endsWith(trusted.host) && url.hostname.length > trusted.host.length
    : url.hostname === trusted.host;
}

/** The URL, if its text means to every parser what it means to ours. */
function parseExact(text: string): URL | undefined {
  const match = /^(https?):\/\/([^/?#]+)(\/[^?#]*)?$/i.exec(text);
  const authority = match?.[2]?.toLowerCase();
  if (authority === undefined || !/^[\x21-\x7e]+$/.test(text)) return undefined;
  const url = URL.parse(text);
  if (url === null || /^\.|\.\.|\.$/.test(url.hostname)) return undefined;
  const written = authority.replace(url.protocol === 'https:' ? /:443$/ : /:80$/, '');
  return written === url.host ? url : undefined;
}

/** The host, or the rule that the entry breaks and the remedy. */
function parseEntry(entry: string, isPublicSuffix: IsPublicSuffix): TrustedHost | string {
  if (entry === '') return 'an empty entry; remove the comma too many';
  if (entry.includes('://')) {
    return 'write the host alone, such as smba.trafficmanager.net; tokens travel by https only';
  }
  const wildcard = entry.startsWith('*.');
  const name = (wildcard ? entry.slice(2) : entry).toLowerCase();
  const url = parseExact(`https://${name}`);
  if (url === undefined || name.includes('/') || name.includes('*') || url.hostname === '') {
    return 'not a host; write a host name, host:port or *.host in plain ASCII (punycode for other letters)';
  }
  if (!wildcard) return { host: url.hostname, port: url.port };
  if (!/^[^.]+(\.[^.]+)+$/.test(url.hostname) || /^[\d.]+$/.test(url.hostname)) {
    return 'a wildcard needs a domain of at least two names after it, such as *.botframework.com';
  }
  const shared = SHARED_SUFFIXES.find((suffix) => `.${suffix}`.endsWith(`.${url.hostname}`));
  const parent = url.hostname.slice(url.hostname.indexOf('.') + 1);
  if (shared !== undefined || REGIONAL_SUFFIXES.includes(parent) || isPublicSuffix(url.hostname)) {
    return `anybody can register a name below ${shared ?? url.hostname}; write the whole host instead`;
  }
  return { host: `.${url.hostname}`, port: url.port };
}
