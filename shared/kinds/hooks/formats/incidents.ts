import { at, has, textAt } from '../payload.ts';
import { native } from './native.ts';

/** Senders that tell of incidents: each with an id of the incident and a state. */

export const pagerDuty = native({
  name: 'pagerduty',
  detects: ({ payload }) =>
    has(payload, 'event.event_type', 'event.data') && textAt(payload, 'event.resource_type') !== undefined,
  title: ['event.data.title', 'event.data.summary', 'event.event_type'],
  text: ['event.data.body.details'],
  status: ['event.data.status', 'event.event_type'],
  states: {
    triggered: 'firing',
    acknowledged: 'firing',
    resolved: 'resolved',
    'incident.triggered': 'firing',
    'incident.acknowledged': 'firing',
    'incident.resolved': 'resolved',
  },
  severity: ['event.data.urgency'],
  tones: { high: 'attention', low: 'warning' },
  key: ['event.data.incident.id', 'event.data.id'],
  facts: [
    ['Status', 'event.data.status'],
    ['Service', 'event.data.service.summary'],
    ['Urgency', 'event.data.urgency'],
    ['Priority', 'event.data.priority.summary'],
    ['Number', 'event.data.number'],
    ['Assigned to', 'event.data.assignees.0.summary'],
    ['By', 'event.agent.summary'],
    ['Team', 'event.data.teams.0.summary'],
  ],
  links: [['Open incident', 'event.data.html_url']],
  deliveryId: ['event.id'],
});

export const opsgenie = native({
  name: 'opsgenie',
  detects: ({ payload }) => has(payload, 'alert.alertId', 'action'),
  title: ['alert.message'],
  text: ['alert.description', 'alert.note'],
  status: ['action'],
  states: {
    create: 'firing',
    acknowledge: 'firing',
    unacknowledge: 'firing',
    escalate: 'firing',
    addnote: 'firing',
    close: 'resolved',
    delete: 'resolved',
  },
  severity: ['alert.priority'],
  tones: {
    p1: 'attention',
    p2: 'attention',
    p3: 'warning',
    p4: 'warning',
    1: 'attention',
    2: 'attention',
    3: 'warning',
    4: 'warning',
  },
  key: ['alert.alertId'],
  facts: [
    ['Action', 'action'],
    ['Entity', 'alert.entity'],
    ['Tags', 'alert.tags.0'],
    ['Alias', 'alert.alias'],
    ['Priority', 'alert.priority'],
    ['Source', 'alert.source'],
    ['Team', 'alert.teams.0'],
    ['By', 'alert.username'],
  ],
  links: [['Open alert', 'alert.url', 'alert.details.url']],
});

export const statuspage = native({
  name: 'statuspage',
  detects: ({ payload }) =>
    has(payload, 'page', 'meta') && (has(payload, 'incident') || has(payload, 'component_update')),
  title: ['incident.name', 'component.name'],
  text: ['incident.incident_updates.0.body'],
  status: ['incident.status', 'component_update.new_status', 'component.status'],
  states: {
    investigating: 'firing',
    identified: 'firing',
    monitoring: 'firing',
    resolved: 'resolved',
    postmortem: 'resolved',
    completed: 'resolved',
    operational: 'resolved',
    degraded_performance: 'firing',
    partial_outage: 'firing',
    major_outage: 'firing',
    scheduled: 'queued',
    in_progress: 'started',
  },
  severity: ['incident.impact'],
  tones: { critical: 'attention', major: 'attention', minor: 'warning' },
  key: ['incident.id', 'component.id'],
  facts: [
    ['Status', 'incident.status', 'component_update.new_status', 'component.status'],
    ['Impact', 'incident.impact'],
    ['Component', 'component.name'],
    ['Page', 'page.status_description'],
  ],
  links: [['Open incident', 'incident.shortlink']],
});

export const sentry = native({
  name: 'sentry',
  detects: ({ payload, headers }) =>
    headers['sentry-hook-resource'] !== undefined ||
    has(payload, 'data.issue') ||
    has(payload, 'data.event.issue_id') ||
    has(payload, 'event.event_id', 'project_slug'),
  title: ['data.issue.title', 'data.event.title', 'data.description_title', 'event.title', 'message'],
  subtitle: ['data.issue.project.name', 'project_name', 'project_slug', 'data.event.project_name'],
  text: ['data.issue.culprit', 'data.event.culprit', 'data.description_text', 'culprit', 'event.culprit'],
  status: ['data.issue.status', 'data.metric_alert.status', 'action'],
  states: {
    created: 'firing',
    unresolved: 'firing',
    triggered: 'firing',
    critical: 'firing',
    warning: 'firing',
    resolved: 'resolved',
    ignored: 'resolved',
    archived: 'resolved',
  },
  severity: ['data.issue.level', 'data.event.level', 'level'],
  tones: { fatal: 'attention', error: 'attention', warning: 'warning' },
  key: ['data.issue.id', 'data.event.issue_id', 'data.metric_alert.id', 'id'],
  facts: [
    ['Status', 'data.issue.status', 'action'],
    ['Level', 'data.issue.level', 'data.event.level', 'level'],
    ['Issue', 'data.issue.shortId'],
    ['Events', 'data.issue.count'],
    ['Users', 'data.issue.userCount'],
    ['Environment', 'data.event.environment'],
    ['Rule', 'data.triggered_rule', 'triggering_rules.0'],
    ['By', 'actor.name'],
  ],
  links: [
    ['Open issue', 'data.issue.web_url', 'data.issue.permalink', 'data.event.web_url', 'data.web_url', 'url'],
  ],
});

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
    ['Open in Datadog', 'link', 'url', 'event_url'],
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
