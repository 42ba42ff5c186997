// The tables: people's conversations, what is under way, and reports. Names come from the manifest.
import { accountProperties, principals, roleGrant } from 'types.bicep'

param name string
param location string
param tags object
param sku string
param publicNetworkAccess bool
param tableNames string[]
param grants roleGrant[]
param to principals

@description('Name of the app\'s identity.')
param appIdentityName string

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: accountProperties(publicNetworkAccess)

  resource tableService 'tableServices' = {
    name: 'default'
  }
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2023-05-01' = [
  for table in tableNames: {
    parent: storage::tableService
    name: table
  }
]

resource appIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: appIdentityName
}

var assignments = flatten(map(
  grants,
  grant => map(to[?grant.to] ?? [], principal => { grant: grant, principal: principal })
))

resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in assignments: {
    name: guid(storage.id, each.principal.id, each.grant.roleId)
    scope: storage
    properties: {
      principalId: each.grant.to == 'app' ? appIdentity.properties.principalId : each.principal.id
      principalType: each.principal.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', each.grant.roleId)
      description: each.grant.why
    }
  }
]
