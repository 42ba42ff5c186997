// What several modules share: shapes, and how a storage account is.

@export()
@description('Somebody who gets a role: object id in Entra ID, and what it is the id of.')
type principal = {
  id: string
  type: 'User' | 'Group' | 'ServicePrincipal'
}

@export()
@description('Who gets what the manifest grants to each kind of principal. The app is named by its identity\'s resource id: its object id is not known before it is made, and a plan must be.')
type principals = {
  app: principal[]
  operators: principal[]
  publishers: principal[]
  outcomeReaders: principal[]
}

@export()
@description('One row of the manifest\'s roleGrants.')
type roleGrant = {
  to: string
  role: string
  roleId: string
  on: string
  queue: string
  option: string
  why: string
}

@export()
@description('Names that differ from the pattern, each by what it names.')
type nameOverrides = {
  appIdentity: string?
  workspace: string?
  component: string?
  hostStorage: string?
  dataStorage: string?
  serviceBus: string?
  app: string?
  plan: string?
  network: string?
  actionGroup: string?
}

@export()
@description('Subnets that exist already: for what the app sends (delegated to Microsoft.App/environments), and for private endpoints.')
type existingSubnets = {
  app: string
  endpoints: string
}

@export()
@description('Private DNS zones that exist already and are linked to the network: resource ids.')
type existingZones = {
  blob: string
  table: string
  serviceBus: string
}

@export()
@description('Properties of a storage account: no shared keys, no public blobs, TLS 1.2, private unless asked otherwise.')
func accountProperties(publicNetworkAccess bool) object => {
  accessTier: 'Hot'
  allowBlobPublicAccess: false
  allowCrossTenantReplication: false
  allowSharedKeyAccess: false
  defaultToOAuthAuthentication: true
  minimumTlsVersion: 'TLS1_2'
  publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
  supportsHttpsTrafficOnly: true
  networkAcls: {
    bypass: 'AzureServices'
    defaultAction: publicNetworkAccess ? 'Allow' : 'Deny'
  }
}
