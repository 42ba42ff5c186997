import { at, has } from '../payload.ts';
import { native } from './native.ts';

/** Senders that watch hosts, pages and runs. */

export const datadog = native({
  name: 'datadog',
  detects: ({ payload, headers }) =>
    /datadog/i.test(headers['user-agent'] ?? '') ||
    (has(payload, 'alert_type') && has(payload, 'event_type')) ||
    (has(payload, 'alert_transition') && has(payload, 'title')),
  title: ['title', 'event_title', 'alert_title', 'alert_query'],
  text: ['body', 'text', 'event_msg', 'text_only_msg'],
  isMarked: true,
  status: ['alert_transition', 'transition', 'alert_status', 'alert_type'],
  states: {
    triggered: 'firing',
    're-triggered': 'firing',
    recovered: 'resolved',
    warn: 'firing',
    'no data': 'firing',
    success: 'resolved',
    error: 'firing',
    renotify: 'firing',
  },
  severity: ['alert_type', 'priority'],
  tones: { error: 'attention', warning: 'warning' },
  key: ['alert_cycle_key', 'aggreg_key', 'aggregation_key', 'alert_id'],
  facts: [
    ['Status', 'alert_transition', 'alert_status', 'transition'],
    ['Host', 'hostname', 'host'],
    ['Metric', 'alert_metric', 'metric'],
    ['Scope', 'alert_scope', 'scope'],
    ['Priority', 'alert_priority', 'priority'],
    ['Tags', 'tags'],
    ['Organisation', 'org.name', 'org_name'],
  ],
  links: [
    ['Datadog', 'link', 'url', 'event_url'],
    ['Snapshot', 'snapshot'],
  ],
});

export const newRelic = native({
  name: 'newrelic',
  detects: ({ payload }) =>
    has(payload, 'issueUrl') ||
    has(payload, 'incident_id', 'policy_name') ||
    has(payload, 'issueId', 'state'),
  title: ['title', 'issueTitle', 'condition_name', 'conditionName.0', 'name'],
  text: ['details', 'description', 'annotations.description.0'],
  status: ['state', 'current_state', 'status'],
  states: {
    activated: 'firing',
    created: 'firing',
    open: 'firing',
    opened: 'firing',
    acknowledged: 'firing',
    closed: 'resolved',
  },
  severity: ['priority', 'severity'],
  key: ['issueId', 'incident_id', 'id'],
  facts: [
    ['State', 'state', 'current_state'],
    ['Priority', 'priority', 'severity'],
    ['Policy', 'policy_name', 'alertPolicyNames.0', 'policyName.0'],
    ['Condition', 'condition_name', 'alertConditionNames.0', 'conditionName.0'],
    ['Target', 'impactedEntities.0', 'targets.0.name', 'entitiesData.names.0'],
    ['Account', 'account_name', 'accountName'],
    ['Duration', 'duration'],
    ['Incidents', 'totalIncidents'],
  ],
  links: [
    ['Open issue', 'issueUrl', 'issuePageUrl', 'incident_url'],
    ['Runbook', 'runbook_url', 'runbookUrl'],
  ],
});

export const dynatrace = native({
  name: 'dynatrace',
  detects: ({ payload }) => has(payload, 'ProblemID') || has(payload, 'ProblemTitle'),
  title: ['ProblemTitle', 'Title'],
  text: ['ProblemDetailsText', 'ProblemDetailsMarkdown', 'ImpactedEntity'],
  isMarked: true,
  status: ['State'],
  states: { open: 'firing', merged: 'closed', resolved: 'resolved', closed: 'resolved' },
  severity: ['ProblemSeverity'],
  tones: {
    availability: 'attention',
    error: 'attention',
    performance: 'warning',
    resource_contention: 'warning',
    custom_alert: 'warning',
  },
  key: ['ProblemID', 'PID'],
  facts: [
    ['State', 'State'],
    ['Impact', 'ProblemImpact'],
    ['Severity', 'ProblemSeverity'],
    ['Impacted', 'ImpactedEntity', 'ImpactedEntityNames'],
    ['Problem', 'ProblemID'],
    ['Tags', 'Tags'],
  ],
  links: [['Open problem', 'ProblemURL']],
});

export const uptimeRobot = native({
  name: 'uptimerobot',
  detects: ({ payload }) => has(payload, 'monitorID', 'alertType'),
  title: ['monitorFriendlyName'],
  text: ['alertDetails'],
  status: ['alertTypeFriendlyName', 'alertType'],
  states: { 1: 'firing', 2: 'resolved', 3: 'firing', down: 'firing', up: 'resolved' },
  key: ['monitorID'],
  facts: [
    ['Status', 'alertTypeFriendlyName'],
    ['Duration', 'alertFriendlyDuration', 'alertDuration'],
    ['Contacts', 'monitorAlertContacts'],
  ],
  links: [['Open monitor', 'monitorURL']],
});

export const uptimeKuma = native({
  name: 'kuma',
  detects: ({ payload }) =>
    has(payload, 'msg', 'heartbeat') || (has(payload, 'msg', 'monitor') && at(payload, 'heartbeat') === null),
  title: ['monitor.name', 'msg'],
  text: ['heartbeat.msg', 'msg'],
  status: ['heartbeat.status'],
  states: { 0: 'firing', 1: 'resolved', 2: 'queued', 3: 'queued' },
  key: ['monitorKey', 'heartbeat.monitorID', 'monitor.id'],
  facts: [
    ['Type', 'monitor.type'],
    ['Host', 'monitor.hostname'],
    ['Ping', 'heartbeat.ping'],
    ['Time', 'heartbeat.localDateTime', 'heartbeat.time'],
    ['Description', 'monitor.description'],
  ],
  links: [['Open', 'monitor.url']],
});

export const terraform = native({
  name: 'terraform',
  detects: ({ payload }) => has(payload, 'payload_version', 'notification_configuration_id'),
  title: ['notifications.0.message'],
  text: ['run_message'],
  status: ['notifications.0.run_status'],
  states: {
    pending: 'queued',
    planning: 'started',
    applying: 'started',
    applied: 'succeeded',
    planned_and_finished: 'succeeded',
    errored: 'failed',
    canceled: 'closed',
    discarded: 'closed',
    needs_attention: 'queued',
    planned: 'queued',
  },
  key: ['run_id'],
  facts: [
    ['Workspace', 'workspace_name'],
    ['Organisation', 'organization_name'],
    ['Status', 'notifications.0.run_status'],
    ['By', 'run_created_by', 'notifications.0.run_updated_by'],
  ],
  links: [['Open run', 'run_url']],
});
