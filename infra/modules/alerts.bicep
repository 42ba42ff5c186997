// What wakes an operator, all through one action group. docs/operations.md says what each means and what to do.
@description('Prefix of every name.')
param name string

param location string
param tags object

@description('Whom alerts are mailed to; empty: alerts are only shown in the portal.')
param emails string[]

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Resource id of the Service Bus namespace.')
param serviceBusId string

@description('Messages that a queue may hold for a quarter of an hour.')
param backlogMessages int

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-operators'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'notifier'
    emailReceivers: [for email in emails: { name: email, emailAddress: email, useCommonAlertSchema: true }]
  }
}

// Severity 1: people are not told, or not in time. 2: somebody should look today. 3: worth knowing.
var logRules = [
  {
    name: 'heartbeat-missing'
    severity: 1
    says: 'No heartbeat for ten minutes: nothing looks after what is overdue.'
    query: loadTextContent('../queries/heartbeat-missing.kql')
    window: 'PT10M'
    every: 'PT5M'
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'reminders-missing'
    severity: 1
    says: 'No line of the reminders for ten minutes: nobody is reminded of anything.'
    query: loadTextContent('../queries/reminders-missing.kql')
    window: 'PT10M'
    every: 'PT5M'
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'backlog-age'
    severity: 1
    says: 'Work has been more than two minutes overdue for most of a quarter of an hour.'
    query: loadTextContent('../queries/overdue.kql')
    window: 'PT15M'
    every: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'failure-ratio'
    severity: 1
    says: 'More than one delivery in twenty failed.'
    query: loadTextContent('../queries/failure-ratio.kql')
    window: 'PT15M'
    every: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'function-failures'
    severity: 1
    says: 'More than one in ten runs of a function failed.'
    query: loadTextContent('../queries/function-failures.kql')
    window: 'PT15M'
    every: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'messages-slow'
    severity: 2
    says: 'The bot answers the channel too slowly: p95 above 8 s.'
    query: loadTextContent('../queries/messages-slow.kql')
    window: 'PT15M'
    every: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'parked'
    severity: 2
    says: 'Something was parked and waits for a decision.'
    query: loadTextContent('../queries/parked.kql')
    window: 'PT15M'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'errors'
    severity: 2
    says: 'The app wrote a line of level error.'
    query: loadTextContent('../queries/errors.kql')
    window: 'PT15M'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'unauthenticated'
    severity: 3
    says: 'Many requests to the bot\'s endpoint had no valid token.'
    query: loadTextContent('../queries/unauthenticated.kql')
    window: 'PT15M'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 50
  }
]

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in logRules: {
    name: '${name}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${name}: ${rule.name}'
      description: rule.says
      severity: rule.severity
      enabled: true
      autoMitigate: true
      scopes: [workspaceId]
      windowSize: rule.window
      evaluationFrequency: rule.every
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [group.id] }
      // The tables come into being with the first line of telemetry.
      skipQueryValidation: true
    }
  }
]

var metricRules = [
  {
    name: 'dead-letters'
    severity: 2
    says: 'A queue has dead letters: messages that failed ten times, or that nobody took for two weeks.'
    metric: 'DeadletteredMessages'
    aggregation: 'Maximum'
    window: 'PT15M'
    threshold: 0
  }
  {
    name: 'backlog'
    severity: 2
    says: 'A queue has not been emptied for a quarter of an hour.'
    metric: 'ActiveMessages'
    aggregation: 'Minimum'
    window: 'PT15M'
    threshold: backlogMessages
  }
]

resource metricAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in metricRules: {
    name: '${name}-${rule.name}'
    location: 'global'
    tags: tags
    properties: {
      description: rule.says
      severity: rule.severity
      enabled: true
      autoMitigate: true
      scopes: [serviceBusId]
      evaluationFrequency: 'PT5M'
      windowSize: rule.window
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: rule.name
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: 'Microsoft.ServiceBus/namespaces'
            metricName: rule.metric
            timeAggregation: rule.aggregation
            operator: 'GreaterThan'
            threshold: rule.threshold
            dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
          }
        ]
      }
      actions: [{ actionGroupId: group.id }]
    }
  }
]

output actionGroupId string = group.id
