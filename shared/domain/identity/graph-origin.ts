import { type Parsed, parsed, refused } from '../fault.ts';

/** Microsoft Graph in each of its clouds: a token for it goes nowhere else. */
const GRAPH_HOSTS: readonly string[] = [
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
];
const LOOPBACK: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];
const LONGEST_SHOWN = 80;

/** Reads the address of Microsoft Graph, `https://graph.microsoft.com`; on the local stack that of a stand-in as well. */
export function graphOrigin(text: string, { isLocal }: { readonly isLocal: boolean }): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isGraph = url?.protocol === 'https:' && url.port === '' && GRAPH_HOSTS.includes(url.hostname);
  const isStandIn = isLocal && url?.protocol === 'http:' && LOOPBACK.includes(url.hostname);
  const isBare = url !== undefined && url.href === `${url.origin}/`;
  if (isBare && (isGraph || isStandIn)) return parsed(url.origin);
  const shown = text.slice(0, LONGEST_SHOWN);
  return refused({
    path: '',
    message: `is "${shown}" and must be https:// and one of ${GRAPH_HOSTS.join(', ')}, without a path, or empty`,
  });
}
