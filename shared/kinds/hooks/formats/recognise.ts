import { defined } from '../../../domain/defined.ts';
import { hashOf } from '../../../domain/hash.ts';
import { cut } from '../../../domain/text.ts';
import type { Format, Mapped, Posted } from '../message.ts';
import { adaptive } from './adaptive.ts';
import { alertmanager, grafana } from './alerts.ts';
import { azureMonitor } from './azure-monitor.ts';
import { cloudEvents, eventGrid } from './events.ts';
import { azureDevOps, bitbucket, gitlab } from './forges.ts';
import { general } from './general.ts';
import { github } from './github.ts';
import { opsgenie, pagerDuty, sentry, statuspage } from './incidents.ts';
import { messageCard } from './message-card.ts';
import { datadog, dynatrace, newRelic, terraform, uptimeKuma, uptimeRobot } from './monitors.ts';
import { apprise, discord, netdata, sonarQube } from './others.ts';
import { slack } from './slack.ts';
import { sns } from './sns.ts';

/** Shapes that are known, those that say most of themselves first; the general one takes the rest. */
export const formats: readonly Format[] = [
  github,
  gitlab,
  bitbucket,
  sns,
  azureMonitor,
  azureDevOps,
  eventGrid,
  cloudEvents,
  alertmanager,
  grafana,
  adaptive,
  slack,
  discord,
  pagerDuty,
  opsgenie,
  statuspage,
  sentry,
  dynatrace,
  uptimeKuma,
  uptimeRobot,
  terraform,
  sonarQube,
  apprise,
  netdata,
  newRelic,
  datadog,
  messageCard,
  general,
];

const LONGEST_KEY = 200;

/** What a body says, and by whom; `undefined` of `mapped` where nothing in it can be read. */
export function recognise(posted: Posted): { readonly format: Format; readonly mapped: Mapped | undefined } {
  const format = formats.find((each) => each.detects(posted)) ?? general;
  const mapped = format.map(posted);
  if (mapped === undefined || Object.keys(mapped.message).length > 0)
    return { format, mapped: mapped && withHeaders(mapped, posted) };
  return { format, mapped: undefined };
}

/** Standard Webhooks name each delivery in a header, whoever sends them. */
function withHeaders(mapped: Mapped, { headers }: Posted): Mapped {
  const deliveryId = mapped.deliveryId ?? headers['webhook-id'] ?? headers['svix-id'];
  const key = mapped.key === undefined ? undefined : bounded(mapped.key);
  return {
    ...mapped,
    ...defined({ key, deliveryId }),
  };
}

/** Two long ones that begin alike stay two. */
function bounded(key: string): string {
  return key.length <= LONGEST_KEY ? key : `${cut(key, LONGEST_KEY - 44)} ${hashOf(key)}`;
}
