// The queues, with every property that matters named. Keys are switched off: identities only.
import { principals, roleGrant } from 'types.bicep'

@minLength(6)
@maxLength(50)
param name string

param location string
param tags object

@description('Basic has all that is needed but duplicate detection, which nothing rests on; Premium is for private endpoints.')
@allowed(['Basic', 'Standard', 'Premium'])
param sku string

param publicNetworkAccess bool

@description('One queue of the manifest, by Service Bus\'s own property names.')
param queues {
  name: string
  lockDuration: string
  maxDeliveryCount: int
  requiresDuplicateDetection: bool
  duplicateDetectionHistoryTimeWindow: string
  defaultMessageTimeToLive: string
  deadLetteringOnMessageExpiration: bool
  maxSizeInMegabytes: int
}[]

param grants roleGrant[]
param to principals

@description('Name of the app\'s identity.')
param appIdentityName string

@description('Where diagnostics go: resource id of a Log Analytics workspace.')
param workspaceId string

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: union({ name: sku, tier: sku }, sku == 'Premium' ? { capacity: 1 } : {})
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
  }
}

resource queue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [
  for each in queues: {
    parent: namespace
    name: each.name
    properties: {
      lockDuration: each.lockDuration
      maxDeliveryCount: each.maxDeliveryCount
      // Basic looks for no duplicates, and is not asked how far back.
      ...(sku == 'Basic'
        ? { requiresDuplicateDetection: false }
        : {
            requiresDuplicateDetection: each.requiresDuplicateDetection
            duplicateDetectionHistoryTimeWindow: each.duplicateDetectionHistoryTimeWindow
          })
      defaultMessageTimeToLive: each.defaultMessageTimeToLive
      deadLetteringOnMessageExpiration: each.deadLetteringOnMessageExpiration
      maxSizeInMegabytes: each.maxSizeInMegabytes
      requiresSession: false
      enablePartitioning: false
      enableBatchedOperations: true
    }
  }
]

var queueNames = map(queues, each => each.name)
resource appIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: appIdentityName
}

var assignments = flatten(map(
  grants,
  grant => map(to[?grant.to] ?? [], principal => { grant: grant, principal: principal })
))

resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in assignments: {
    name: guid(namespace.id, each.grant.queue, each.principal.id, each.grant.roleId)
    scope: queue[indexOf(queueNames, each.grant.queue)]
    properties: {
      principalId: each.grant.to == 'app' ? appIdentity.properties.principalId : each.principal.id
      principalType: each.principal.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', each.grant.roleId)
      description: each.grant.why
    }
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: namespace
  properties: {
    workspaceId: workspaceId
    // Only Premium knows the other category; the rest refuse it.
    logs: map(
      sku == 'Premium' ? ['OperationalLogs', 'RuntimeAuditLogs'] : ['OperationalLogs'],
      category => { category: category, enabled: true }
    )
  }
}
