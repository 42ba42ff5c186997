import type { Format, Mapped, State } from '../message.ts';
import { has, objectAt, objectsAt, textAt, textOf, wordOf } from '../payload.ts';
import { isOver, stateOfStatus, toneOfState } from '../tone.ts';
import { factsOf, given, linksOf, markedText, messageOf, plainText, plainTitle } from './shown.ts';

/** GitLab's project and system hooks. */
export const gitlab: Format = {
  name: 'gitlab',
  answer: 'id',
  detects: ({ payload, headers }) =>
    headers['x-gitlab-event'] !== undefined ||
    (has(payload, 'object_kind', 'project') && has(payload, 'user')),
  map({ payload, headers }) {
    const kind = textAt(payload, 'object_kind', 'event_name') ?? '';
    const subject = objectAt(payload, 'object_attributes') ?? {};
    const isJob = kind === 'build';
    const status = isJob
      ? textAt(payload, 'build_status')
      : kind === 'push'
        ? undefined
        : textAt(subject, 'status', 'state', 'detailed_status');
    const state = stateOfGitlab(status);
    const id = isJob ? textAt(payload, 'build_id') : textAt(subject, 'id');
    const isKeyed = ['pipeline', 'merge_request', 'issue', 'build', 'deployment'].includes(kind);
    const project = textAt(payload, 'project.name', 'repository.name', 'project_name');
    const commits = objectsAt(payload, 'commits');
    const title =
      kind === 'pipeline' || isJob || kind === 'push'
        ? project
        : (textAt(subject, 'title', 'name') ?? project);
    return {
      message: messageOf({
        title: plainTitle(title),
        subtitle: plainTitle(
          [kind.replace(/_/g, ' '), textAt(subject, 'action') ?? status].filter(Boolean).join(' '),
        ),
        text: markedText(textAt(subject, 'note', 'description')?.slice(0, 1500)),
        state,
        tone: toneOfState(state),
        facts: factsOf(
          ['Project', title === project ? undefined : project],
          ['Number', kind === 'pipeline' ? id : textAt(subject, 'iid')],
          ['Job', textAt(payload, 'build_name')],
          [
            'Branch',
            textAt(subject, 'ref', 'source_branch') ??
              textAt(payload, 'ref')?.replace(/^refs\/(?:heads|tags)\//, ''),
          ],
          ['Into', textAt(subject, 'target_branch')],
          ['Status', status],
          ['Duration', textAt(subject, 'duration') ?? textAt(payload, 'build_duration')],
          ['By', textAt(payload, 'user.name', 'user_name', 'user.username')],
        ),
        sections: commits.slice(0, 5).map((commit) => ({
          ...given('text', plainText(textOf(commit.title) ?? wordOf(commit.message ?? '').split('\n')[0])),
          links: linksOf([wordOf(commit.id ?? '').slice(0, 7), commit.url]),
        })),
        links: linksOf(['Open', textAt(subject, 'url')], ['Project', textAt(payload, 'project.web_url')]),
        more: Math.max(0, commits.length - 5) || undefined,
      }),
      ...given('key', isKeyed && id !== undefined ? `gitlab ${kind} ${id}` : undefined),
      ...given('deliveryId', headers['x-gitlab-event-uuid'] === undefined ? undefined : uuidOf(headers)),
      ...(isOver(state) ? { isLast: true } : {}),
    };
  },
};

/** One event of GitLab's has one id in all hooks that it goes to; a retry has an idempotency key. */
function uuidOf(headers: { readonly [name: string]: string }): string | undefined {
  return headers['idempotency-key'] ?? headers['webhook-id'];
}

function stateOfGitlab(status: string | undefined): State | undefined {
  const states: { readonly [word: string]: State } = {
    created: 'queued',
    pending: 'queued',
    waiting_for_resource: 'queued',
    preparing: 'queued',
    running: 'started',
    success: 'succeeded',
    failed: 'failed',
    canceled: 'closed',
    skipped: 'closed',
    opened: 'opened',
    merged: 'closed',
    closed: 'closed',
    manual: 'queued',
  };
  return states[status ?? ''] ?? stateOfStatus(status);
}

/** Bitbucket Cloud and Server. */
export const bitbucket: Format = {
  name: 'bitbucket',
  answer: 'id',
  detects: ({ headers }) => headers['x-event-key'] !== undefined,
  map({ payload, headers }) {
    const event = headers['x-event-key'] ?? '';
    const status = objectAt(payload, 'commit_status');
    const request = objectAt(payload, 'pullrequest') ?? objectAt(payload, 'pullRequest');
    const repository = textAt(
      payload,
      'repository.full_name',
      'repository.name',
      'pullRequest.toRef.repository.name',
    );
    const deliveryId = headers['x-request-uuid'] ?? headers['x-request-id'];
    const mapped =
      status !== undefined
        ? ofStatus(status)
        : request !== undefined
          ? ofRequest(request, event)
          : ofPush(payload);
    const isTitled = mapped.message.title !== undefined;
    const message = messageOf({
      ...mapped.message,
      title: mapped.message.title ?? plainTitle(repository ?? 'Bitbucket'),
      facts: [
        ...(isTitled ? factsOf(['Repository', repository]) : []),
        ...(mapped.message.facts ?? []),
        ...factsOf(['By', textAt(payload, 'actor.display_name', 'actor.displayName', 'actor.name')]),
      ],
    });
    return { ...mapped, message, ...given('deliveryId', deliveryId) };

    function ofStatus(build: { readonly [name: string]: unknown }): Mapped {
      const state = stateOfStatus(textOf(build.state));
      return {
        message: messageOf({
          subtitle: plainTitle(build.name),
          text: plainText(build.description),
          state,
          tone: toneOfState(state),
          facts: factsOf(['Status', build.state]),
          links: linksOf(['Open build', build.url], ['Commit', textAt(build, 'links.commit.href')]),
        }),
        ...given('key', keyOfBuild(build)),
        ...(isOver(state) ? { isLast: true } : {}),
      };
    }

    function keyOfBuild(build: { readonly [name: string]: unknown }): string | undefined {
      const key = textOf(build.key);
      if (key === undefined) return undefined;
      const commit = /\/commit\/([\da-f]{7,64})/.exec(textAt(build, 'links.commit.href') ?? '')?.[1] ?? '';
      return `bitbucket ${key} ${commit}`.trim();
    }
  },
};

function ofRequest(request: { readonly [name: string]: unknown }, event: string): Mapped {
  const verb = event.split(':')[1] ?? '';
  const state: State | undefined = /^(?:fulfilled|rejected|merged|declined|deleted)$/.test(verb)
    ? 'closed'
    : 'opened';
  return {
    message: messageOf({
      title: plainTitle(request.title),
      subtitle: plainTitle(`pull request ${verb.replace(/_/g, ' ')}`),
      text: markedText(textOf(request.description)?.slice(0, 1500)),
      state,
      facts: factsOf(
        ['Number', request.id],
        ['Branch', textAt(request, 'source.branch.name', 'fromRef.displayId')],
        ['Into', textAt(request, 'destination.branch.name', 'toRef.displayId')],
      ),
      links: linksOf(['Open', textAt(request, 'links.html.href', 'links.self.0.href')]),
    }),
    ...given(
      'key',
      textAt(request, 'id') === undefined ? undefined : `bitbucket pr ${textAt(request, 'id')}`,
    ),
    ...(state === 'closed' ? { isLast: true } : {}),
  };
}

function ofPush(payload: unknown): Mapped {
  const changes = objectsAt(payload, 'push.changes');
  return {
    message: messageOf({
      facts: factsOf(['Branch', textAt(changes[0], 'new.name', 'old.name')]),
      sections: changes
        .flatMap((change) =>
          objectsAt(change, 'commits')
            .slice(0, 5)
            .map((commit) => ({
              ...given('text', plainText(wordOf(commit.message ?? '').split('\n')[0])),
              links: linksOf([wordOf(commit.hash ?? '').slice(0, 7), textAt(commit, 'links.html.href')]),
            })),
        )
        .slice(0, 5),
    }),
  };
}

/** Azure DevOps' service hooks, which bring their own words as Markdown. */
export const azureDevOps: Format = {
  name: 'azuredevops',
  answer: 'id',
  detects: ({ payload }) => has(payload, 'publisherId', 'eventType', 'resource'),
  map({ payload }) {
    const event = textAt(payload, 'eventType') ?? '';
    const resource = objectAt(payload, 'resource') ?? {};
    const isRequest = event.startsWith('git.pullrequest');
    const status = textAt(resource, 'result', 'status', 'state');
    const state: State | undefined = isRequest
      ? status === 'completed' || status === 'abandoned'
        ? 'closed'
        : 'opened'
      : stateOfStatus(status === 'partiallySucceeded' ? 'failed' : status);
    const kind = isRequest
      ? 'pr'
      : event.startsWith('build')
        ? 'build'
        : event.startsWith('ms.vss-pipelines')
          ? 'run'
          : event.startsWith('workitem')
            ? 'workitem'
            : undefined;
    const id = textAt(resource, 'pullRequestId', 'id', 'run.id', 'workItemId');
    const markdown = markedText(textAt(payload, 'message.markdown', 'message.text', 'message.html'));
    const detail = markedText(textAt(payload, 'detailedMessage.markdown')?.slice(0, 2000));
    return {
      message: messageOf({
        title: plainTitle(textAt(payload, 'message.text') ?? event),
        text:
          [markdown?.includes('](') ? markdown : undefined, detail === markdown ? undefined : detail]
            .filter(Boolean)
            .join('\n\n') || undefined,
        state,
        tone: toneOfState(state),
        facts: factsOf(
          ['Title', textAt(resource, 'title', 'fields.System.Title')],
          ['Status', status],
          ['Definition', textAt(resource, 'definition.name', 'pipeline.name')],
          ['Repository', textAt(resource, 'repository.name')],
          ['Reason', textAt(resource, 'reason')],
        ),
        links: linksOf(['Open', textAt(resource, '_links.web.href', 'url')]).filter(
          ({ url }) => !/\/_apis\//.test(url),
        ),
      }),
      ...given('key', kind !== undefined && id !== undefined ? `azuredevops ${kind} ${id}` : undefined),
      ...given('deliveryId', textAt(payload, 'id')),
      ...(isOver(state) ? { isLast: true } : {}),
    };
  },
};
