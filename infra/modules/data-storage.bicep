// The tables: people's conversations, what is under way, and reports. Names come from the manifest.
import { principals, roleGrant } from 'types.bicep'

param name string
param location string
param tags object
param sku string
param publicNetworkAccess bool
param tableNames string[]
param grants roleGrant[]
param to principals

@description('Where diagnostics go: resource id of a Log Analytics workspace.')
param workspaceId string

@description('Keeps the account from being deleted by mistake.')
param lock bool

module account 'storage-account.bicep' = {
  name: 'data-storage-account'
  params: {
    name: name
    location: location
    tags: tags
    sku: sku
    publicNetworkAccess: publicNetworkAccess
  }
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: name

  resource tableService 'tableServices' = {
    name: 'default'
    dependsOn: [account]
  }
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2023-05-01' = [
  for table in tableNames: {
    parent: storage::tableService
    name: table
  }
]

var assignments = flatten(map(
  grants,
  grant => map(to[?grant.to] ?? [], principal => { grant: grant, principal: principal })
))

resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in assignments: {
    name: guid(storage.id, each.principal.id, each.grant.roleId)
    scope: storage
    dependsOn: [account]
    properties: {
      principalId: each.principal.id
      principalType: each.principal.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', each.grant.roleId)
      description: each.grant.why
    }
  }
]

resource keep 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  name: 'people-are-known-here'
  scope: storage
  dependsOn: [account]
  properties: {
    level: 'CanNotDelete'
    notes: 'Without these tables nobody can be reached again before they write to the bot.'
  }
}

// Reads are left out: several for each delivery.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: storage::tableService
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageDelete', enabled: true }
    ]
    metrics: [
      { category: 'Transaction', enabled: true }
    ]
  }
}

output id string = account.outputs.id
output name string = account.outputs.name
output tableEndpoint string = account.outputs.tableEndpoint
