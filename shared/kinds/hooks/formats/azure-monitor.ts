import { isJsonObject } from '../../../domain/json-object.ts';
import type { Format, Tone } from '../message.ts';
import { at, objectAt, objectsAt, textAt, textOf } from '../payload.ts';
import { factsOf, linksOf, markedText, messageOf, plainText, plainTitle } from './shown.ts';

/** Azure Monitor's common alert schema, from action groups. */
export const azureMonitor: Format = {
  name: 'azure-monitor',
  answer: 'id',
  detects: ({ payload }) => at(payload, 'schemaId') === 'azureMonitorCommonAlertSchema',
  map({ payload }) {
    const essentials = objectAt(payload, 'data.essentials') ?? {};
    const context = objectAt(payload, 'data.alertContext') ?? {};
    const isResolved = /^resolved$/i.test(textOf(essentials.monitorCondition) ?? '');
    const severity = textOf(essentials.severity) ?? '';
    const properties = objectAt(context, 'properties') ?? {};
    const conditions = objectsAt(context, 'condition.allOf');
    const id = textOf(essentials.alertId);
    const items = Array.isArray(essentials.configurationItems) ? essentials.configurationItems : [];
    return {
      message: messageOf({
        title: plainTitle(essentials.alertRule),
        text: plainText(essentials.description),
        state: isResolved ? 'resolved' : 'firing',
        tone: isResolved ? 'good' : toneOf(severity),
        facts: factsOf(
          ['Severity', severity],
          ['Resource', items.filter((item) => typeof item === 'string').join(', ')],
          ...conditions.flatMap(conditionFacts),
          ...Object.entries(properties)
            .filter(([name, value]) => isShort(value) && !/claims|communication|Html|Id$/i.test(name))
            .slice(0, 15),
          ['Tracking', textAt(properties, 'trackingId')],
          ['Service', essentials.monitoringService],
          [isResolved ? 'Resolved' : 'Fired', essentials.resolvedDateTime ?? essentials.firedDateTime],
        ),
        sections: healthOf(properties),
        links: linksOf(
          ...conditions.flatMap((each) => [
            ['Query', each.linkToSearchResultsUI] as const,
            ['Results', each.linkToFilteredSearchResultsUI] as const,
          ]),
          ['Investigate', essentials.investigationLink],
        ),
      }),
      ...(id === undefined ? {} : { key: `azure ${id}`.slice(0, 1000) }),
      ...(isResolved ? { isLast: true } : {}),
    };
  },
};

function conditionFacts(condition: unknown): readonly (readonly [string, unknown])[] {
  const name = textAt(condition, 'metricName', 'metricMeasureColumn', 'metricMeasure') ?? 'Value';
  return [
    [name, textAt(condition, 'metricValue')],
    [
      `Threshold${textAt(condition, 'operator') === undefined ? '' : ` (${textAt(condition, 'operator')})`}`,
      textAt(condition, 'threshold'),
    ],
    ...objectsAt(condition, 'dimensions').map((each) => [textOf(each.name) ?? '', each.value] as const),
  ];
}

/** Service health says in HTML what is wrong. */
function healthOf(properties: unknown) {
  const [title, text] = [
    textAt(properties, 'title', 'defaultLanguageTitle'),
    textAt(properties, 'communication', 'defaultLanguageContent'),
  ];
  return title === undefined && text === undefined
    ? []
    : [messageOf({ title: plainTitle(title), text: markedText(text) })];
}

function isShort(value: unknown): boolean {
  return !isJsonObject(value) && (textOf(value)?.length ?? 1000) <= 200;
}

function toneOf(severity: string): Tone | undefined {
  const grade = /^Sev([0-4])$/i.exec(severity)?.[1];
  if (grade === undefined) return 'attention';
  return Number(grade) <= 1 ? 'attention' : Number(grade) <= 3 ? 'warning' : undefined;
}
