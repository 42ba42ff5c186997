// What the functions host needs: leases and timer schedules, and the package that runs. Nothing of people is in here.
import { principals, roleGrant } from 'types.bicep'

param name string
param location string
param tags object
param publicNetworkAccess bool
param grants roleGrant[]
param to principals

@description('Where diagnostics go: resource id of a Log Analytics workspace.')
param workspaceId string

var packageContainerName = 'packages'

module account 'storage-account.bicep' = {
  name: 'host-storage-account'
  params: {
    name: name
    location: location
    tags: tags
    sku: 'Standard_LRS'
    publicNetworkAccess: publicNetworkAccess
  }
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: name

  resource blobs 'blobServices' = {
    name: 'default'
    dependsOn: [account]

    resource packages 'containers' = {
      name: packageContainerName
      properties: { publicAccess: 'None' }
    }
  }
}

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

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: storage::blobs
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
  }
}

output id string = account.outputs.id
output name string = account.outputs.name
output packageContainer string = '${account.outputs.blobEndpoint}${packageContainerName}'
