// What wakes an operator, all through one action group. docs/operations/alerts.md says what each means and what to do.
@description('Prefix of every name.')
param name string

param location string
param tags object

@description('Name of the action group that is made here.')
param actionGroupName string

@description('Resource id of an action group that exists already; empty: one is made.')
param existingActionGroupId string

@description('Whom alerts are mailed to; empty: alerts are only shown in the portal.')
param emails string[]

@description('Addresses that alerts are posted to.')
param webhooks string[]

@description('Alerts that are switched off, by name.')
param disabled string[]

@description('When somebody always writes to the bot; null: silence is no alarm.')
param workingHours { zone: string, from: int, to: int }?

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Resource id of the Service Bus namespace.')
param serviceBusId string

@description('Asks GET /api/health from outside.')
param healthTest bool

@description('Names of the Application Insights component and of the app.')
param componentName string
param appName string

@description('Messages that a queue may hold for a quarter of an hour.')
param backlogMessages int

@description('Queues that somebody reads. What lies in another one is no alarm.')
param queuesWithReader string[]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = if (empty(existingActionGroupId)) {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'notifier'
    emailReceivers: [for email in emails: { name: email, emailAddress: email, useCommonAlertSchema: true }]
    webhookReceivers: [
      for (webhook, index) in webhooks: {
        name: 'paging-${index + 1}'
        serviceUri: webhook
        useCommonAlertSchema: true
      }
    ]
  }
}

var actionGroupId = empty(existingActionGroupId)
  ? resourceId('Microsoft.Insights/actionGroups', actionGroupName)
  : existingActionGroupId

// Severity 1: people are not told, or not in time. 2: somebody should look today. 3: worth knowing.
//
// Lines reach the workspace minutes after they were written. A window is at least twice as long as the time between two
// evaluations, so that a line that comes late is looked at by the next one.
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
    name: 'bot-requests-failing'
    severity: 1
    says: 'What people write does not reach the app: the bot service got errors from its endpoint.'
    query: loadTextContent('../queries/bot-requests-failing.kql')
    window: 'PT30M'
    every: 'PT15M'
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
    says: 'Something is parked and waits for a decision.'
    query: loadTextContent('../queries/parked.kql')
    window: 'PT30M'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'errors'
    severity: 2
    says: 'The app wrote a line of level error.'
    query: loadTextContent('../queries/errors.kql')
    window: 'PT30M'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'unauthenticated'
    severity: 3
    says: 'Many requests to the bot\'s endpoint had no valid token.'
    query: loadTextContent('../queries/unauthenticated.kql')
    window: 'PT30M'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 100
  }
]

var hours = workingHours ?? { zone: 'Etc/UTC', from: 9, to: 17 }
var silence = {
  name: 'nobody-writes'
  severity: 2
  says: 'Nobody wrote to the bot for two of the hours in which somebody always does: it may be deaf.'
  query: replace(
    replace(
      replace(loadTextContent('../queries/nobody-writes.kql'), '@ZONE', hours.zone),
      '@FROM',
      string(hours.from)
    ),
    '@TO',
    string(hours.to)
  )
  window: 'PT2H'
  every: 'PT1H'
  operator: 'GreaterThan'
  threshold: 0
}
var allLogRules = concat(logRules, workingHours == null ? [] : [silence])

var alertNames = concat(map(concat(logRules, [silence]), rule => rule.name), ['dead-letters', 'backlog', 'not-healthy'])
var unknownAlerts = filter(disabled, alert => !contains(alertNames, alert))
var off = empty(unknownAlerts)
  ? disabled
  : fail('disabledAlerts has ${join(unknownAlerts, ', ')}; the alerts are ${join(alertNames, ', ')}')

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in allLogRules: {
    name: '${name}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${name}: ${rule.name}'
      description: rule.says
      severity: rule.severity
      enabled: !contains(off, rule.name)
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
      actions: { actionGroups: [actionGroupId] }
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
      enabled: !contains(off, rule.name)
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
            dimensions: [{ name: 'EntityName', operator: 'Include', values: queuesWithReader }]
          }
        ]
      }
      actions: [{ actionGroupId: actionGroupId }]
    }
  }
]

// Asks from outside whether the app answers: an availability test of GET /api/health, which names the version that runs.
resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

var testName = '${name}-health'
// Places that the test is run from, by Azure's own names: Ireland, the Netherlands, France, the United Kingdom, the United States.
var places = ['emea-gb-db3-azr', 'emea-nl-ams-azr', 'emea-fr-pra-edge', 'emea-ru-msa-edge', 'us-va-ash-azr']

resource test 'Microsoft.Insights/webtests@2022-06-15' = if (healthTest) {
  name: testName
  location: location
  tags: union(tags, { 'hidden-link:${component.id}': 'Resource' })
  kind: 'standard'
  properties: {
    Name: testName
    SyntheticMonitorId: testName
    Description: 'GET /api/health: tables and queue answer, and which version runs.'
    Enabled: true
    Frequency: 300
    Timeout: 30
    Kind: 'standard'
    RetryEnabled: true
    Locations: [for place in places: { Id: place }]
    Request: {
      RequestUrl: 'https://${app.properties.defaultHostName}/api/health'
      HttpVerb: 'GET'
      ParseDependentRequests: false
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 7
      ContentValidation: {
        ContentMatch: '"version":'
        PassIfTextFound: true
        IgnoreCase: false
      }
    }
  }
}

resource healthAlert 'Microsoft.Insights/metricAlerts@2018-03-01' = if (healthTest) {
  name: '${name}-not-healthy'
  location: 'global'
  tags: union(tags, { 'hidden-link:${component.id}': 'Resource', 'hidden-link:${test.id}': 'Resource' })
  properties: {
    description: 'GET /api/health fails from three of five places: the app does not answer, or one of its parts does not.'
    severity: 1
    enabled: !contains(off, 'not-healthy')
    autoMitigate: true
    scopes: [test.id, component.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: test.id
      componentId: component.id
      failedLocationCount: 3
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}
