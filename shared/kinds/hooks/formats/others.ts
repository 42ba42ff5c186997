import type { Format, Section } from '../message.ts';
import { has, objectAt, objectsAt, textAt, textOf } from '../payload.ts';
import { stateOfStatus, stateOfTitle, toneOfColor, toneOfState } from '../tone.ts';
import {
  factOf,
  factsOf,
  given,
  linkOf,
  linksOf,
  markedText,
  markedTitle,
  messageOf,
  pictureOf,
  plainText,
  plainTitle,
} from './shown.ts';

/** Discord's webhooks: a text and embeds. */
export const discord: Format = {
  name: 'discord',
  answer: 'id',
  detects: ({ payload }) =>
    Array.isArray(objectAt({ payload }, 'payload')?.embeds) ||
    (textAt(payload, 'content') !== undefined && (has(payload, 'username') || has(payload, 'avatar_url'))),
  map({ payload }) {
    const embeds = objectsAt(payload, 'embeds');
    const [first] = embeds;
    const title = markedTitle(first?.title);
    const state = stateOfTitle(title);
    return {
      message: messageOf({
        title,
        text: markedText(textAt(payload, 'content')),
        tone: first === undefined ? undefined : toneOfColor(first.color),
        state,
        sections: embeds.map((embed, index): Section => {
          const facts = objectsAt(embed, 'fields').flatMap((field) => {
            const fact = factOf(field.name, field.value);
            return fact === undefined
              ? []
              : [{ name: fact.name, value: markedText(field.value) ?? fact.value }];
          });
          const links = linksOf(
            [textOf(embed.title) ?? 'Open', embed.url],
            [textAt(embed, 'author.name') ?? 'Author', textAt(embed, 'author.url')],
          );
          const pictures = [textAt(embed, 'image.url'), textAt(embed, 'thumbnail.url')].flatMap(
            (url) => pictureOf(url) ?? [],
          );
          const quiet = [textAt(embed, 'author.name'), textAt(embed, 'footer.text')].flatMap(
            (each) => plainTitle(each) ?? [],
          );
          return {
            isApart: true,
            ...given('title', index === 0 ? undefined : markedTitle(embed.title)),
            ...given('subtitle', quiet.length === 0 ? undefined : quiet.join('\n\n')),
            ...given('text', markedText(embed.description)),
            ...given('tone', toneOfColor(embed.color)),
            ...given('facts', facts.length === 0 ? undefined : facts),
            ...given('links', links.length === 0 ? undefined : links),
            ...given('pictures', pictures.length === 0 ? undefined : pictures),
          };
        }),
      }),
    };
  },
};

/** SonarQube's quality gates. */
export const sonarQube: Format = {
  name: 'sonarqube',
  answer: 'id',
  detects: ({ payload }) => has(payload, 'taskId', 'project.key'),
  map({ payload }) {
    const status = textAt(payload, 'qualityGate.status') ?? textAt(payload, 'status');
    const state = status === 'OK' ? 'succeeded' : status === 'SUCCESS' ? 'succeeded' : 'failed';
    const conditions = objectsAt(payload, 'qualityGate.conditions');
    // Those that failed come first.
    const ordered = [...conditions].sort(
      (a, b) => Number(a.status !== 'ERROR') - Number(b.status !== 'ERROR'),
    );
    return {
      message: messageOf({
        title: plainTitle(textAt(payload, 'project.name', 'project.key')),
        subtitle: plainTitle(`Quality gate ${textAt(payload, 'qualityGate.name') ?? ''}: ${status ?? ''}`),
        state,
        tone: toneOfState(state),
        facts: factsOf(
          ['Branch', textAt(payload, 'branch.name')],
          ...ordered.map((each) => [textOf(each.metric) ?? '', each.value] as const),
        ),
        links: linksOf(
          ['Open project', textAt(payload, 'branch.url', 'project.url')],
          ['Project', textAt(payload, 'project.url')],
        ),
      }),
    };
  },
};

/** Apprise's own JSON. */
export const apprise: Format = {
  name: 'apprise',
  answer: 'id',
  detects: ({ payload }) =>
    has(payload, 'version', 'message', 'type') &&
    has(payload, 'title') &&
    /^(?:info|success|warning|failure)$/.test(textAt(payload, 'type') ?? ''),
  map({ payload }) {
    const type = textAt(payload, 'type');
    const tone =
      type === 'failure'
        ? 'attention'
        : type === 'success'
          ? 'good'
          : type === 'warning'
            ? 'warning'
            : undefined;
    return {
      message: messageOf({
        title: markedTitle(textAt(payload, 'title')),
        text: markedText(textAt(payload, 'message')),
        tone,
      }),
    };
  },
};

/** Netdata Cloud, which names alarm, chart and node. */
export const netdata: Format = {
  name: 'netdata',
  answer: 'id',
  detects: ({ payload }) =>
    has(payload, 'alarm', 'chart') || (has(payload, 'alert', 'node') && has(payload, 'severity')),
  map({ payload }) {
    const severity = (textAt(payload, 'severity', 'status') ?? '').toLowerCase();
    const state = severity === 'clear' ? 'resolved' : (stateOfStatus(severity) ?? 'firing');
    const link = linkOf('Open', textAt(payload, 'alert_url', 'alarm_url', 'url'));
    return {
      message: messageOf({
        title: plainTitle(textAt(payload, 'message', 'alarm', 'alert')),
        text: plainText(textAt(payload, 'info')),
        state,
        tone: state === 'resolved' ? 'good' : severity === 'warning' ? 'warning' : 'attention',
        facts: factsOf(
          ['Alarm', textAt(payload, 'alarm', 'alert')],
          ['Chart', textAt(payload, 'chart')],
          ['Node', textAt(payload, 'node', 'node.hostname', 'host')],
          ['Space', textAt(payload, 'space', 'space.name')],
          ['Value', textAt(payload, 'value')],
          ['Time', textAt(payload, 'date')],
        ),
        links: link === undefined ? [] : [link],
      }),
      ...given(
        'key',
        [
          textAt(payload, 'node', 'node.hostname', 'host'),
          textAt(payload, 'alarm', 'alert'),
          textAt(payload, 'chart'),
        ].filter(Boolean).length < 2
          ? undefined
          : `netdata ${[textAt(payload, 'node', 'node.hostname', 'host'), textAt(payload, 'chart'), textAt(payload, 'alarm', 'alert')].filter(Boolean).join(' ')}`,
      ),
      ...(state === 'resolved' ? { isLast: true } : {}),
    };
  },
};
