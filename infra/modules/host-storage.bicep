// What the functions host needs: leases and timer schedules, and the package that runs. Nothing of people is in here, and
// no diagnostics: leases are renewed every few seconds, for ever.
import { accountProperties, principals, roleGrant } from 'types.bicep'

param name string
param location string
param tags object
param publicNetworkAccess bool

@description('Blob container that packages are deployed into.')
param packageContainerName string

param grants roleGrant[]
param to principals

@description('Name of the app\'s identity.')
param appIdentityName string

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: accountProperties(publicNetworkAccess)

  resource blobs 'blobServices' = {
    name: 'default'

    resource packages 'containers' = {
      name: packageContainerName
      properties: { publicAccess: 'None' }
    }
  }
}

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
