import { has, textAt } from '../payload.ts';
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
