import { describe, expect, it } from 'vitest';
import { readBody } from '../../../shared/kinds/hooks/body/read-body.ts';
import { rendered } from '../../../shared/kinds/hooks/card/render.ts';
import { recognise } from '../../../shared/kinds/hooks/formats/recognise.ts';
import { wordsFor } from '../../../shared/kinds/hooks/words/words.ts';
import { addressesOf, plain, readingOf } from './reading.ts';

function shown(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const read = readBody(
    Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    headers['content-type'],
  );
  if (read.kind !== 'read') throw new Error('it cannot be read');
  const { format, mapped } = recognise({ ...read, headers });
  if (mapped === undefined) throw new Error('nothing is shown');
  const { card = {} } = rendered(mapped.message, wordsFor('en'));
  return { format: format.name, mapped, reading: readingOf(card), addresses: addressesOf(card) };
}

/** What each sender posts, in short, and what of it is to be seen. */
const senders: readonly {
  readonly name: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string;
  readonly state?: string;
  readonly tone?: string;
  readonly reads: readonly string[];
  readonly links?: readonly string[];
  readonly absent?: readonly string[];
}[] = [
  {
    name: 'pagerduty',
    body: {
      event: {
        id: 'E1',
        event_type: 'incident.resolved',
        resource_type: 'incident',
        agent: { summary: 'Ada' },
        data: {
          id: 'PGR0VU2',
          type: 'incident',
          title: 'Disk full',
          status: 'resolved',
          urgency: 'high',
          html_url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
          service: { summary: 'Shop' },
        },
      },
    },
    key: 'pagerduty PGR0VU2',
    state: 'resolved',
    tone: 'good',
    reads: ['Disk full', 'Shop', 'Ada'],
    links: ['https://acme.pagerduty.com/incidents/PGR0VU2'],
  },
  {
    name: 'statuspage',
    body: {
      meta: { unsubscribe: 'https://status.example.com/?unsubscribe=abc' },
      page: { id: 'p', status_description: 'Partial outage' },
      incident: {
        id: 'i1',
        name: 'Checkout is slow',
        status: 'investigating',
        impact: 'major',
        shortlink: 'https://stspg.io/1',
        incident_updates: [{ body: 'We are looking.' }],
      },
    },
    key: 'statuspage i1',
    state: 'firing',
    tone: 'attention',
    reads: ['Checkout is slow', 'We are looking.'],
    links: ['https://stspg.io/1'],
    absent: ['unsubscribe'],
  },
  {
    name: 'sentry',
    headers: { 'sentry-hook-resource': 'issue' },
    body: {
      action: 'resolved',
      data: {
        issue: {
          id: '117',
          shortId: 'WEB-1',
          title: 'TypeError: x is undefined',
          culprit: 'app/index',
          level: 'error',
          status: 'resolved',
          web_url: 'https://sentry.io/issues/117/',
          project: { name: 'web' },
        },
      },
    },
    key: 'sentry 117',
    state: 'resolved',
    tone: 'good',
    reads: ['TypeError: x is undefined', 'WEB-1', 'web'],
    links: ['https://sentry.io/issues/117/'],
  },
  {
    name: 'datadog',
    body: {
      title: '[Triggered] CPU high on web-01',
      body: '%%%\n**CPU** is 97\n%%%',
      alert_transition: 'Triggered',
      alert_cycle_key: '42',
      alert_type: 'error',
      event_type: 'metric_alert_monitor',
      hostname: 'web-01',
      link: 'https://app.datadoghq.com/event/1',
    },
    key: 'datadog 42',
    state: 'firing',
    tone: 'attention',
    reads: ['CPU high on web-01', 'web-01', 'CPU is 97'],
    links: ['https://app.datadoghq.com/event/1'],
  },
  {
    name: 'newrelic',
    body: {
      id: 'issue-1',
      issueUrl: 'https://radar-api.service.newrelic.com/1',
      title: 'High error rate',
      state: 'CLOSED',
      priority: 'CRITICAL',
      issueId: 'issue-1',
      alertPolicyNames: ['Shop'],
    },
    key: 'newrelic issue-1',
    state: 'resolved',
    tone: 'good',
    reads: ['High error rate', 'Shop'],
    links: ['https://radar-api.service.newrelic.com/1'],
  },
  {
    name: 'dynatrace',
    body: {
      State: 'OPEN',
      ProblemID: 'P-1',
      ProblemTitle: 'Response time degradation',
      ProblemURL: 'https://x.live.dynatrace.com/p/1',
      ProblemSeverity: 'PERFORMANCE',
      ImpactedEntity: 'Web service',
    },
    key: 'dynatrace P-1',
    state: 'firing',
    tone: 'warning',
    reads: ['Response time degradation', 'Web service'],
    links: ['https://x.live.dynatrace.com/p/1'],
  },
  {
    name: 'uptimerobot',
    body: 'monitorID=777&monitorURL=https%3A%2F%2Fshop.example.com&monitorFriendlyName=Shop&alertType=1&alertTypeFriendlyName=Down&alertDetails=Timeout',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    key: 'uptimerobot 777',
    state: 'firing',
    tone: 'attention',
    reads: ['Shop', 'Timeout'],
    links: ['https://shop.example.com'],
  },
  {
    name: 'discord',
    body: {
      username: 'ci',
      content: 'Build **9** failed',
      embeds: [
        {
          title: 'Details',
          url: 'https://ci.example.com/9',
          color: 15158332,
          description: 'see [log](https://ci.example.com/log)',
          fields: [{ name: 'Branch', value: 'main' }],
          footer: { text: 'CI' },
        },
      ],
    },
    tone: 'attention',
    reads: ['Build 9 failed', 'Details', 'Branch', 'main', 'CI'],
    links: ['https://ci.example.com/9', 'https://ci.example.com/log'],
  },
  {
    name: 'apprise',
    body: { version: '1.0', title: 'Backup', message: 'failed with **2**', attachments: [], type: 'failure' },
    tone: 'attention',
    reads: ['Backup', 'failed with 2'],
  },
  {
    name: 'sns',
    headers: { 'x-amz-sns-message-type': 'SubscriptionConfirmation' },
    body: {
      Type: 'SubscriptionConfirmation',
      MessageId: 'm',
      TopicArn: 'arn:aws:sns:eu-west-1:1:Top',
      Token: 'sekret',
      SubscribeURL: 'https://sns.eu-west-1.amazonaws.com.evil.example/?Action=ConfirmSubscription',
    },
    reads: ['Top'],
    absent: ['evil.example', 'sekret'],
  },
  {
    name: 'cloud-events',
    body: {
      specversion: '1.0',
      id: 'e-7',
      type: 'order.created',
      source: '/shop',
      data: { order: { id: 12, total: '9.99' }, customer: 'Ada' },
    },
    reads: ['order.created', '9.99', 'Ada'],
  },
  {
    name: 'github',
    headers: { 'x-github-event': 'issues' },
    body: {
      action: 'opened',
      issue: {
        id: 5,
        number: 5,
        title: 'It breaks',
        html_url: 'https://github.com/o/r/issues/5',
        body: 'See <b>this</b>',
        state: 'open',
      },
      repository: { full_name: 'o/r' },
      sender: { login: 'ada' },
    },
    state: 'opened',
    reads: ['o/r', 'It breaks', 'ada', 'See this'],
    links: ['https://github.com/o/r/issues/5'],
  },
  {
    name: 'general',
    body: {
      alert_name: 'Queue is long',
      severity: 'critical',
      status: 'resolved',
      details: { queue: 'orders', depth: 120, api_token: 'sekret' },
      url: 'https://grafana.example.com/d/1',
      unsubscribe_url: 'https://x.example/unsubscribe/1',
    },
    state: 'resolved',
    tone: 'good',
    reads: ['Queue is long', 'orders', '120'],
    links: ['https://grafana.example.com/d/1'],
    absent: ['sekret', 'unsubscribe'],
  },
];

describe('what a sender posts', () => {
  it.each(senders)(
    'is read: $name',
    ({ name, body, headers, key, state, tone, reads, links = [], absent = [] }) => {
      const { format, mapped, reading, addresses } = shown(body, headers);
      expect([format, mapped.key, mapped.message.state, mapped.message.tone]).toEqual([
        name,
        key,
        state,
        tone,
      ]);
      expect(reads.filter((text) => !reading.includes(plain(text)))).toEqual([]);
      expect(
        links.filter((url) => !addresses.some((each) => each.replace(/\/$/, '') === url.replace(/\/$/, ''))),
      ).toEqual([]);
      expect(absent.filter((text) => JSON.stringify(mapped.message).includes(text))).toEqual([]);
    },
  );

  it('keeps whole numbers that no number can hold', () => {
    expect(shown('{"message":"x","at":1502709956288000001}').reading).toContain('1502709956288000001');
  });

  it('is the same thing in the next state, whatever else changed', () => {
    const incident = (status: string, extra: object) => ({
      page: {},
      meta: {},
      incident: { id: 'i9', name: 'n', status, ...extra },
    });
    const [first, second] = [
      shown(incident('identified', {})),
      shown(incident('resolved', { impact: 'none' })),
    ];
    expect(first.mapped.key).toBe(second.mapped.key);
    expect([first.mapped.isLast, second.mapped.isLast]).toEqual([undefined, true]);
  });
});

describe('a text of a sender', () => {
  const ofText = (text: string) => shown({ '@type': 'MessageCard', title: 't', text }).mapped.message.text;

  it.each([
    ['<b>bold</b> and <i>it</i><br>line', '**bold** and _it_\n\nline'],
    ['# Title\ntext', '**Title**\n\ntext'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'a \u00b7 b\n\n1 \u00b7 2'],
    ['- one\n- two', '- one\n- two'],
    ['<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
    ['see [this](javascript:alert(1))', 'see this'],
    ['<script>alert(1)</script>safe', 'safe'],
    ['a < b && c > d', 'a < b && c > d'],
    ['<module> failed', '\\<module> failed'],
    ['![logo](https://x.example/l.png)', 'logo'],
    ['`code *x*`', 'code \\*x\\*'],
    ['<a href="https://x.example/?a=1&amp;b=2">go</a>', '[go](https://x.example/?a=1&b=2)'],
  ])('%j is shown as %j', (given, wanted) => {
    expect(ofText(given)).toBe(wanted);
  });

  it('of Slack is shown as cards show it', () => {
    const text = shown({
      username: 'x',
      text: '*bold* _it_ ~old~ `a*b` <https://x.example|go> &lt;5 <@U1> <!here> :rocket:',
    }).mapped.message.text;
    expect(text).toBe('**bold** _it_ old a\\*b [go](https://x.example) <5   🚀');
  });
});

describe('a card that is too large', () => {
  it('is shortened from the least important, and says so; the whole is behind Show all', () => {
    const alerts = Array.from({ length: 20 }, (_, index) => ({
      status: 'firing',
      startsAt: `2026-11-29T10:00:${String(index).padStart(2, '0')}Z`,
      labels: { alertname: 'Disk', instance: `host-${index}` },
      annotations: { summary: `s${index}`, description: 'x'.repeat(3000) },
    }));
    const { mapped } = shown({ version: '4', groupKey: 'g', status: 'firing', alerts });
    const { card, briefer } = rendered(mapped.message, wordsFor('en'));
    expect(JSON.stringify(card).length).toBeGreaterThan(30_000);
    const brief = JSON.stringify(briefer);
    expect(brief.length).toBeLessThanOrEqual(30_000);
    expect(brief).toContain('Disk');
    expect(brief).toContain('host-19');
    expect(brief).toContain('Show all');
  });
});
