import { isJsonObject } from '../../../domain/json-object.ts';
import type { Format, Mapped, State, Tone } from '../message.ts';
import { has, objectAt, objectsAt, textAt, textOf, wordOf } from '../payload.ts';
import { isOver, stateOfStatus, toneOfState } from '../tone.ts';
import { factsOf, given, linksOf, markedText, messageOf, plainText, plainTitle } from './shown.ts';

type JsonObject = { readonly [name: string]: unknown };

/** The thing that an event is about, by the name under which it stands, the narrower one first. */
const SUBJECTS = [
  'workflow_run',
  'workflow_job',
  'check_suite',
  'check_run',
  'deployment_status',
  'pull_request',
  'issue',
  'release',
  'discussion',
  'alert',
  'deployment',
] as const;
/** Of them, those whose later states take the place of the earlier ones. */
const KEYED: ReadonlySet<string> = new Set([
  'workflow_run',
  'workflow_job',
  'check_suite',
  'check_run',
  'pull_request',
]);
const STATES: { readonly [word: string]: State } = {
  fixed: 'resolved',
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
  cancelled: 'closed',
  timed_out: 'failed',
  action_required: 'queued',
  neutral: 'succeeded',
  skipped: 'closed',
  requested: 'queued',
  queued: 'queued',
  in_progress: 'started',
  opened: 'opened',
  reopened: 'opened',
  closed: 'closed',
  merged: 'closed',
  open: 'opened',
  dismissed: 'closed',
  pending: 'started',
};
const MOST_COMMITS = 5;

/** GitHub, and Gitea and Forgejo, which say the same. */
export const github: Format = {
  name: 'github',
  answer: 'id',
  detects: ({ headers }) => headers['x-github-event'] !== undefined || headers['x-gitea-event'] !== undefined,
  map({ payload, headers }) {
    const event = headers['x-github-event'] ?? headers['x-gitea-event'] ?? '';
    const deliveryId = headers['x-github-delivery'] ?? headers['x-gitea-delivery'];
    const mapped =
      event === 'ping' ? ping(payload) : event === 'push' ? push(payload) : about(event, payload);
    return { ...mapped, ...given('deliveryId', deliveryId) };
  },
};

function ping(payload: unknown): Mapped {
  return {
    message: messageOf({
      title: plainTitle(repositoryOf(payload) ?? 'GitHub'),
      text: plainText(textAt(payload, 'zen')),
    }),
  };
}

function push(payload: unknown): Mapped {
  const ref = textAt(payload, 'ref') ?? '';
  const branch = ref.replace(/^refs\/(?:heads|tags)\//, '');
  const commits = objectsAt(payload, 'commits');
  const verb =
    textAt(payload, 'deleted') === 'true'
      ? 'deleted'
      : textAt(payload, 'created') === 'true'
        ? 'created'
        : 'pushed';
  return {
    message: messageOf({
      title: plainTitle(repositoryOf(payload)),
      subtitle: plainTitle(`${ref.startsWith('refs/tags/') ? 'tag' : 'branch'} ${branch} ${verb}`),
      facts: factsOf(['By', textAt(payload, 'pusher.name', 'sender.login')]),
      sections: commits.slice(0, MOST_COMMITS).map((commit) => ({
        ...given('text', plainText(`${firstLine(commit.message)} — ${textAt(commit, 'author.name') ?? ''}`)),
        links: linksOf([wordOf(commit.id ?? '').slice(0, 7), commit.url]),
      })),
      links: verb === 'deleted' ? [] : linksOf(['Compare', textAt(payload, 'compare', 'compare_url')]),
      more: Math.max(0, commits.length - MOST_COMMITS) || undefined,
    }),
  };
}

function about(event: string, payload: unknown): Mapped {
  const name = SUBJECTS.find((subject) => has(payload, subject));
  const subject: JsonObject = name === undefined ? {} : (objectAt(payload, name) ?? {});
  const action = textAt(payload, 'action');
  const state = stateOf(name, subject, action);
  const id = textAt(subject, 'id');
  const comment = textAt(payload, 'comment.body', 'review.body');
  const headline = textAt(
    subject,
    'display_title',
    'title',
    'name',
    'tag_name',
    'security_advisory.summary',
    'rule.description',
    'environment',
    'ref',
  );
  return {
    message: messageOf({
      title: plainTitle(repositoryOf(payload) ?? event),
      subtitle: plainTitle([event.replace(/_/g, ' '), action].filter(Boolean).join(' ')),
      text: markedTitleAndText(
        headline,
        comment ??
          (name === 'release' || name === 'pull_request' || name === 'issue'
            ? textAt(subject, 'body')
            : undefined),
      ),
      state,
      tone: toneOf(subject, state),
      facts: factsOf(
        [
          'Workflow',
          name === 'workflow_run' || name === 'workflow_job'
            ? textAt(subject, 'workflow_name', 'name')
            : undefined,
        ],
        ['Run', textAt(subject, 'run_number')],
        ['Number', textAt(subject, 'number')],
        ['Tag', textAt(subject, 'tag_name')],
        ['Environment', textAt(subject, 'environment')],
        ['Package', textAt(subject, 'dependency.package.name')],
        ['Severity', textAt(subject, 'security_advisory.severity', 'rule.severity')],
        [
          'Branch',
          textAt(subject, 'head_branch', 'head.ref', 'target_commitish') ?? textAt(payload, 'deployment.ref'),
        ],
        ['Result', textAt(subject, 'conclusion', 'state', 'status')],
        ['By', textAt(payload, 'sender.login')],
      ),
      links: linksOf(
        [
          'Open',
          textAt(payload, 'comment.html_url', 'review.html_url') ??
            textAt(subject, 'html_url', 'target_url', 'log_url'),
        ],
        ['Log', textAt(subject, 'target_url')],
      ),
    }),
    ...given(
      'key',
      name !== undefined && KEYED.has(name) && id !== undefined ? `github ${name} ${id}` : undefined,
    ),
    ...(isOver(state) ? { isLast: name !== 'pull_request' || state === 'closed' } : {}),
  };
}

function markedTitleAndText(headline: string | undefined, body: string | undefined): string | undefined {
  const parts = [
    plainText(headline === undefined ? undefined : firstLine(headline)),
    markedText(body?.slice(0, 1500)),
  ];
  const said = parts.filter((part) => part !== undefined);
  return said.length === 0 ? undefined : said.join('\n\n');
}

function stateOf(
  name: string | undefined,
  subject: JsonObject,
  action: string | undefined,
): State | undefined {
  if (name === 'release' || name === 'discussion') return undefined;
  const word =
    textAt(subject, 'conclusion') ??
    (name === 'deployment_status' || name === 'alert' ? textAt(subject, 'state') : undefined);
  const said = word ?? (textAt(subject, 'merged') === 'true' ? 'merged' : action);
  const isKnown = (text: string | undefined) =>
    text === undefined ? undefined : (STATES[text] ?? stateOfStatus(text));
  return isKnown(said) ?? isKnown(textAt(subject, 'status', 'state'));
}

function toneOf(subject: JsonObject, state: State | undefined): Tone | undefined {
  const isAlert = isJsonObject(subject.security_advisory);
  return isAlert ? undefined : toneOfState(state);
}

function repositoryOf(payload: unknown): string | undefined {
  return textAt(payload, 'repository.full_name', 'organization.login');
}

function firstLine(value: unknown): string {
  return (textOf(value) ?? '').split('\n')[0] ?? '';
}
