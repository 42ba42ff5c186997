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
// A query gives rows while its alert rings, and says itself how far back it looks: twice as far as the time between two looks at
// least. Lines reach the workspace minutes after they were written, and one that comes late is looked at by the next look.
var logAlerts = [
  {
    name: 'heartbeat-missing'
    severity: 1
    says: 'No heartbeat for ten minutes: nothing looks after what is overdue.'
    query: loadTextContent('../queries/heartbeat-missing.kql')
  }
  {
    name: 'reminders-missing'
    severity: 1
    says: 'No line of the reminders for ten minutes: nobody is reminded of anything.'
    query: loadTextContent('../queries/reminders-missing.kql')
  }
  {
    name: 'backlog-age'
    severity: 1
    says: 'Work has been more than two minutes overdue for most of a quarter of an hour.'
    query: loadTextContent('../queries/overdue.kql')
  }
  {
    name: 'failure-ratio'
    severity: 1
    says: 'More than one delivery in twenty failed.'
    query: loadTextContent('../queries/failure-ratio.kql')
  }
  {
    name: 'function-failures'
    severity: 1
    says: 'More than one in ten runs of a function failed.'
    query: loadTextContent('../queries/function-failures.kql')
  }
  {
    name: 'bot-requests-failing'
    severity: 1
    says: 'What people write does not reach the app: the bot service got errors from its endpoint.'
    query: loadTextContent('../queries/bot-requests-failing.kql')
  }
  {
    name: 'messages-slow'
    severity: 2
    says: 'The bot answers the channel too slowly: p95 above 8 s.'
    query: loadTextContent('../queries/messages-slow.kql')
  }
  {
    name: 'parked'
    severity: 2
    says: 'Something is parked and waits for a decision.'
    query: loadTextContent('../queries/parked.kql')
  }
  {
    name: 'errors'
    severity: 2
    says: 'The app wrote a line of level error.'
    query: loadTextContent('../queries/errors.kql')
  }
  {
    name: 'unauthenticated'
    severity: 3
    says: 'More than 100 requests to the bot\'s endpoint had no valid token.'
    query: loadTextContent('../queries/unauthenticated.kql')
  }
]

var hours = workingHours ?? { zone: 'Etc/UTC', from: 9, to: 17 }
var silence = {
  name: 'nobody-writes'
  severity: 2
  says: 'Nobody wrote to the bot for two of the hours in which somebody always does: it may be deaf.'
  query: replace(
    replace(replace(loadTextContent('../queries/nobody-writes.kql'), '@ZONE', hours.zone), '@FROM', string(hours.from)),
    '@TO',
    string(hours.to)
  )
}
var allLogAlerts = concat(logAlerts, workingHours == null ? [] : [silence])

var alertNames = concat(
  map(concat(logAlerts, [silence]), each => each.name),
  ['dead-letters', 'backlog', 'not-healthy']
)
var unknownAlerts = filter(disabled, alert => !contains(alertNames, alert))
var off = empty(unknownAlerts)
  ? disabled
  : fail('disabledAlerts has ${join(unknownAlerts, ', ')}; the alerts are ${join(alertNames, ', ')}')

// Azure bills each rule by how often it looks, and each further series that it tells apart by a tenth of that. So one rule looks
// for all alerts of a severity, and rings for each by itself: a row names its alert, and the rule is split by that name.
var looks = [
  { severity: 1, means: 'people are not told, or not in time', every: 'PT5M', window: 'PT30M' }
  { severity: 2, means: 'look today', every: 'PT15M', window: 'PT2H' }
  { severity: 3, means: 'worth knowing', every: 'PT15M', window: 'PT30M' }
]
var parts = map(allLogAlerts, each => {
  severity: each.severity
  isOn: !contains(off, each.name)
  // One that is off is a comment: for the doctor, and for whoever reads the rule in the portal.
  part: contains(off, each.name)
    ? '// off: ${each.name}\n'
    : '(\n${each.query}| project alert = "${each.name}", means = "${each.says}"\n)'
})
var rules = map(looks, look => {
  look: look
  on: map(filter(parts, each => each.severity == look.severity && each.isOn), each => each.part)
  off: map(filter(parts, each => each.severity == look.severity && !each.isOn), each => each.part)
})

resource logRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${name}-severity-${rule.look.severity}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${name}: ${rule.look.means}'
      description: 'What rings is named by the dimension "alert"; docs/operations/alerts.md says what to do.'
      severity: rule.look.severity
      enabled: !empty(rule.on)
      autoMitigate: true
      scopes: [workspaceId]
      windowSize: rule.look.window
      evaluationFrequency: rule.look.every
      criteria: {
        allOf: [
          {
            // A table that is not there yet, as that of the bot's requests before there is a bot, leaves the others alone.
            query: '${join(rule.off, '')}union isfuzzy=true\n${empty(rule.on) ? '(print alert = "", means = "" | where false)' : join(rule.on, ',\n')}'
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            dimensions: map(['alert', 'means'], column => { name: column, operator: 'Include', values: ['*'] })
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
