import type { Format, Mapped, Message, Posted, Section, Tone } from '../message.ts';
import { at, objectAt, objectsAt, textAt, textOf, wordOf } from '../payload.ts';
import { stateOfStatus } from '../tone.ts';
import { factsOf, given, linksOf, markedText, messageOf, pictureOf, plainText, plainTitle } from './shown.ts';

type JsonObject = { readonly [name: string]: unknown };

/** More alerts of one group than this nobody reads in a chat; the newest, firing ones first. */
const MOST_ALERTS = 20;

/** Groups of alerts as Prometheus Alertmanager posts them. The body holds the whole group, so it replaces the card. */
export const alertmanager: Format = {
  name: 'alertmanager',
  answer: 'id',
  detects: ({ payload }) => isGroup(payload) && wordOf(at(payload, 'version')) === '4',
  map: (posted) => mapGroup(posted, `alertmanager ${textAt(posted.payload, 'groupKey') ?? ''}`),
};

/** The same of Grafana, which adds values, dashboards and pictures. */
export const grafana: Format = {
  name: 'grafana',
  answer: 'id',
  detects: ({ payload }) => isGroup(payload),
  map({ payload, headers }) {
    const org = textAt(payload, 'orgId', 'alerts.0.orgId') ?? '';
    return mapGroup({ payload, headers }, `grafana ${org} ${textAt(payload, 'groupKey') ?? ''}`);
  },
};

function isGroup(payload: unknown): boolean {
  return Array.isArray(at(payload, 'alerts')) && textAt(payload, 'groupKey') !== undefined;
}

function mapGroup({ payload }: Posted, key: string): Mapped {
  const alerts = [...objectsAt(payload, 'alerts')].sort(
    (a, b) => rank(a) - rank(b) || gravity(a) - gravity(b) || newer(a, b),
  );
  const state = stateOfStatus(textAt(payload, 'status')) === 'resolved' ? 'resolved' : 'firing';
  const firing = alerts.filter((alert) => rank(alert) === 0);
  const common = objectAt(payload, 'commonLabels') ?? {};
  const name = textAt(
    payload,
    'groupLabels.alertname',
    'commonLabels.alertname',
    'alerts.0.labels.alertname',
  );
  // What is over needs no count.
  const counted = alerts.length > 1 && firing.length > 0 ? ` (${firing.length}/${alerts.length})` : '';
  const tone = state === 'resolved' ? 'good' : worst(firing);
  const truncated = Number(textAt(payload, 'truncatedAlerts') ?? 0) || 0;
  const message: Message = messageOf({
    title: plainTitle(`${name ?? textAt(payload, 'title') ?? 'Alert'}${counted}`),
    text: ownMessage(payload),
    state,
    tone,
    facts: alerts.length > 1 ? factsOf(...Object.entries(withoutName(common)).slice(0, 12)) : [],
    sections: alerts
      .slice(0, MOST_ALERTS)
      .map((alert) => alertSection(alert, alerts.length > 1 ? common : {}, alerts.length > 1)),
    links: linksOf(['Alerts', textAt(payload, 'externalURL')]),
    more: Math.max(0, alerts.length - MOST_ALERTS) + truncated || undefined,
  });
  return { message, key, ...(state === 'resolved' ? { isLast: true } : {}) };
}

/** Between the names of a group and where Alertmanager shows it, in what it says to clients of Slack that show no more. */
const SHOWN_AT = ' | ';

/**
 * What Alertmanager's `slack_configs` tell of the group: its default fallback is `[FIRING:2] names (what else all have) | link`. It
 * stays as it is when title and text are somebody's own.
 */
export function groupOfFallback(fallback: string | undefined): string | undefined {
  const said = /^\[(?:FIRING:\d+|RESOLVED)\] /.exec(fallback ?? '')?.[0];
  const end = fallback?.lastIndexOf(SHOWN_AT) ?? -1;
  if (fallback === undefined || said === undefined || end < said.length) return undefined;
  const link = fallback.slice(end + SHOWN_AT.length);
  if (!link.includes('/#/alerts?receiver=')) return undefined;
  const names = fallback.slice(said.length, end);
  // What else all alerts have changes with the alerts; where there is nothing a space stands in its place.
  const other = names.endsWith(')') ? names.lastIndexOf(' (') : -1;
  return `alertmanager ${link} ${(other < 0 ? names : names.slice(0, other)).trim()}`;
}

/** Grafana's `message` is what somebody wrote, or the default template that repeats everything below. */
function ownMessage(payload: unknown): string | undefined {
  const text = textAt(payload, 'message');
  return text === undefined || /^\*\*(?:Firing|Resolved)\*\*/.test(text) ? undefined : markedText(text);
}

function alertSection(alert: JsonObject, common: JsonObject, isOneOfMany: boolean): Section {
  const labels = withoutName(objectAt(alert, 'labels') ?? {});
  const annotations = objectAt(alert, 'annotations') ?? {};
  const { summary, description, ...otherNotes } = annotations;
  const own = Object.entries(labels).filter(
    ([name, value]) => common[name] !== value || name === 'instance' || name === 'severity',
  );
  const values = Object.entries(objectAt(alert, 'values') ?? {});
  const notes = Object.entries(otherNotes).filter(([, value]) => !/^https?:/i.test(wordOf(value)));
  const links = linksOf(
    ['Runbook', annotations.runbook_url ?? annotations.runbook],
    ['Dashboard', alert.dashboardURL],
    ['Panel', alert.panelURL],
    ['Source', alert.generatorURL],
    ['Silence', alert.silenceURL],
  );
  const state = rank(alert) === 0 ? 'firing' : 'resolved';
  const picture = pictureOf(alert.imageURL);
  const title =
    textOf(summary) ??
    (isOneOfMany ? (textAt(labels, 'instance') ?? textAt(alert, 'labels.alertname')) : undefined);
  return {
    ...(isOneOfMany
      ? { isApart: true, ...given('tone', state === 'resolved' ? 'good' : worst([alert])) }
      : {}),
    ...given('title', plainTitle(title)),
    ...given('text', plainText(description)),
    ...given('facts', factsOf(...own, ...notes, ...values, ...timesOf(alert, state))),
    ...given('links', links.length === 0 ? undefined : links),
    ...given('pictures', picture === undefined ? undefined : [picture]),
  };
}

/** When it began, and when it ended where it did. */
function timesOf(alert: JsonObject, state: 'firing' | 'resolved'): readonly (readonly [string, unknown])[] {
  const [starts, ends] = [textAt(alert, 'startsAt'), textAt(alert, 'endsAt')].map(timeOf);
  return [
    ...(starts === undefined ? [] : [['since', starts] as const]),
    ...(ends === undefined || state === 'firing' ? [] : [['until', ends] as const]),
  ];
}

function timeOf(text: string | undefined): string | undefined {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(text ?? '') ?? [];
  return date === undefined || date.startsWith('0001') ? undefined : `${date} ${time} UTC`;
}

function rank(alert: JsonObject): number {
  return stateOfStatus(textOf(alert.status)) === 'resolved' ? 1 : 0;
}

function gravity(alert: JsonObject): number {
  const tone = worst([alert]);
  return tone === 'attention' ? 0 : tone === 'warning' ? 1 : 2;
}

function newer(a: JsonObject, b: JsonObject): number {
  const [first, second] = [wordOf(a.startsAt ?? ''), wordOf(b.startsAt ?? '')];
  return first === second ? 0 : first < second ? 1 : -1;
}

/** The gravest of those that fire, by what they call their severity. */
function worst(alerts: readonly JsonObject[]): Tone | undefined {
  const tones = alerts.map((alert) => {
    const severity = (
      textAt(alert, 'labels.severity', 'labels.priority', 'labels.level') ?? 'critical'
    ).toLowerCase();
    if (/^(?:none|info|informational|debug|low)$/.test(severity)) return undefined;
    return /^(?:warn|warning|minor|medium|moderate|average)$/.test(severity)
      ? ('warning' as const)
      : ('attention' as const);
  });
  return tones.find((tone) => tone === 'attention') ?? tones.find((tone) => tone !== undefined);
}

function withoutName(labels: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(labels).filter(([name]) => name !== 'alertname' && !name.startsWith('__')),
  );
}
