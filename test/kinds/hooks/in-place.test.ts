import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { aHook } from './a-hook.ts';
import { bytesOf, type Recorded, recorded } from './recorded.ts';

interface Request {
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts states one after the other, each told before the next; what the person sees, and what became of each. */
async function postedOneByOne(requests: readonly Request[]) {
  const hook = await aHook();
  const { world } = hook;
  const statuses: number[] = [];
  const outcomes: (string | undefined)[] = [];
  for (const { body, headers } of requests) {
    statuses.push((await hook.post(body, headers)).status);
    const event = await hook.tellsNext();
    const report = event && (await world.report(notificationId(event.source, event.id), {}));
    outcomes.push(report?.recipients?.[0]?.state);
    world.clock.set(world.clock.now() + seconds(30));
  }
  const { shown, requests: sends, changes } = world.channel;
  return {
    statuses,
    outcomes,
    sends: sends.length,
    changes: changes.map(({ activityId }) => activityId),
    shown: shown.map(({ activityId, message }) => ({ activityId, card: JSON.stringify(message.card) })),
  };
}

function grafana(status: string): Request {
  const labels = { alertname: 'Disk full', severity: 'critical', instance: 'db-01' };
  const alerts = [{ status, labels, annotations: { summary: 'less than 1 GB' }, fingerprint: 'f1' }];
  const group = { groupKey: '{}:{alertname="Disk full"}', groupLabels: { alertname: 'Disk full' } };
  return json({ receiver: 'chat', orgId: 1, version: '1', state: 'x', status, alerts, ...group });
}

function github(action: string, conclusion: string | null, delivery: string): Request {
  const run = {
    id: 77,
    name: 'build',
    display_title: 'Disk full',
    run_number: 3,
    status: action,
    conclusion,
  };
  const body = { action, workflow_run: run, repository: { full_name: 'o/r' }, sender: { login: 'ada' } };
  return json(body, { 'x-github-event': 'workflow_run', 'x-github-delivery': delivery });
}

function pagerDuty(event: string, status: string): Request {
  const data = { id: 'P1', type: 'incident', title: 'Disk full', status, urgency: 'high' };
  return json({
    event: { id: `e-${event}`, event_type: `incident.${event}`, resource_type: 'incident', data },
  });
}

function opsgenie(action: string): Request {
  return json({ action, alert: { alertId: 'a-1', message: 'Disk full', priority: 'P1', entity: 'db-01' } });
}

function kuma(status: number, msg: string): Request {
  return json({ msg, monitor: { id: 7, name: 'Disk full' }, heartbeat: { monitorID: 7, status, msg } });
}

function uptimeRobot(type: number, name: string): Request {
  const form = { monitorID: '9', monitorFriendlyName: 'Disk full', alertType: String(type) };
  return {
    body: new URLSearchParams({ ...form, alertTypeFriendlyName: name }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };
}

function alertmanagerAsSlack(state: string, others: string): Request {
  const at = 'http://alertmanager.example.com/#/alerts?receiver=all';
  const attachment = { title: 'Disk full', title_link: at, text: 'less than 1 GB' };
  const color = state === 'RESOLVED' ? 'good' : 'danger';
  const fallback = `[${state}] Disk full ${others} | ${at}`;
  return json({
    channel: '#a',
    username: 'Alertmanager',
    attachments: [{ ...attachment, color, fallback }],
  });
}

function json(body: object, headers: Readonly<Record<string, string>> = {}): Request {
  return { body: JSON.stringify(body), headers };
}

describe('the next state of a thing, through the whole delivery', () => {
  it.each([
    ['Grafana', grafana('firing'), grafana('resolved')],
    ['GitHub', github('in_progress', null, 'd1'), github('completed', 'success', 'd2')],
    ['PagerDuty', pagerDuty('triggered', 'triggered'), pagerDuty('resolved', 'resolved')],
    ['Opsgenie', opsgenie('Create'), opsgenie('Close')],
    ['Uptime Kuma', kuma(0, 'timeout'), kuma(1, '200 - OK')],
    ['UptimeRobot', uptimeRobot(1, 'Down'), uptimeRobot(2, 'Up')],
    [
      "Alertmanager's slack_configs",
      alertmanagerAsSlack('FIRING:1', '(db-01)'),
      alertmanagerAsSlack('RESOLVED', ''),
    ],
  ])('changes the message of %s in place', async (_sender, first, second) => {
    const seen = await postedOneByOne([first, second]);
    expect(seen.statuses).toEqual([200, 200]);
    expect(seen.outcomes).toEqual(['delivered', 'updated']);
    expect(seen.sends).toBe(1);
    expect(seen.shown).toHaveLength(1);
    expect(seen.changes).toEqual([seen.shown[0]?.activityId]);
    expect(seen.shown[0]?.card).toContain('Disk full');
    expect(seen.shown[0]?.card).toContain('"style":"good"');
  });

  it('is another message once the thing was over', async () => {
    const { outcomes } = await postedOneByOne([grafana('firing'), grafana('resolved'), grafana('firing')]);
    expect(outcomes).toEqual(['delivered', 'updated', 'delivered']);
  });

  it('of another group is another message', async () => {
    const other = { ...alertmanagerAsSlack('FIRING:1', '(db-01)') };
    const renamed = { ...other, body: String(other.body).replaceAll('Disk full', 'Disk full soon') };
    expect((await postedOneByOne([other, renamed])).sends).toBe(2);
  });

  const pairs = [...Map.groupBy(recorded.filter(isOneOfSome), ({ expect: { key } }) => key).entries()];
  it.runIf(pairs.length > 0).each(pairs)(
    'of all that was recorded changes in place: %s',
    async (_key, all) => {
      const requests = all.map((one) => ({ body: bytesOf(one), headers: one.request.headers }));
      const seen = await postedOneByOne(requests);
      expect(seen.outcomes).toEqual(['delivered', ...requests.slice(1).map(() => 'updated')]);
      expect(seen.sends).toBe(1);
    },
  );
});

/** One of several that follow each other: `-1-`, `-2-`. */
function isOneOfSome({ id, expect: { key } }: Recorded): boolean {
  return key != null && /-[1-9](?:-|$)/.test(id) && sameKey(key) > 1;
}

function sameKey(key: string): number {
  return recorded.filter((one) => one.expect.key === key && /-[1-9](?:-|$)/.test(one.id)).length;
}
