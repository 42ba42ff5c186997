// The notifier in one resource group, but for the bot and its identity (identity.bicep, a group of their own) and what is
// deployed once (once.bicep). docs/operations.md leads through the first deployment. Queues, tables, roles and setting names
// come from manifest.json, which the code writes (`node dev/run.mjs dev/infra/main.ts write`).
//
// Every name is known before anything is deployed, and no module takes what another one gave: so a plan (`what-if`) shows
// every resource. `node dev/run.mjs dev/infra/main.ts check` holds that.
//
// No parameter and no output holds a secret, because there is none: every connection is by managed identity.
targetScope = 'resourceGroup'

import { principal, nameOverrides, existingSubnets, existingZones } from 'modules/types.bicep'

@description('Name of this installation; every resource begins with it: notifier-dev, notifier-prod.')
@minLength(3)
@maxLength(20)
param name string

@description('Region. Flex Consumption must be offered there: az functionapp list-flexconsumption-locations.')
param location string = resourceGroup().location

@description('How names are made, with {name} and {kind} in it: notifier-dev-plan. Storage accounts have names of their own.')
param namePattern string = '{name}-{kind}'

@description('Names that differ from the pattern: { app: \'func-notifier-prod\' }.')
param names nameOverrides = {}

@description('Resource group of the bot and its identity: where identity.bicep was deployed.')
@minLength(1)
param identityResourceGroup string

@description('Name of the bot\'s identity in that group.')
param botIdentityName string = '${name}-bot'

@description('Tags on every resource.')
param tags object = {}

@description('Object ids of people and groups who operate the notifier: command line, parked items.')
param operators principal[] = []

@description('Object ids of services that publish events to queue events.')
param publishers principal[] = []

@description('Object ids of services that read answers from queue outcomes.')
param outcomeReaders principal[] = []

@description('Whom alerts are mailed to; empty: alerts are only shown in the portal.')
param alertEmails string[] = []

@description('Addresses that alerts are posted to (paging), https. Who holds such an address may page you.')
param alertWebhooks string[] = []

@description('Resource id of an action group that exists already, in place of one made here.')
param existingActionGroupId string = ''

@description('Alerts that are switched off, by name: those of docs/operations/alerts.md.')
param disabledAlerts string[] = []

@description('Hours in which somebody always writes to the bot, by a zone of the tz database; null: silence is no alarm.')
param workingHours { zone: string, from: int, to: int }?

@description('Asks GET /api/health from outside, every five minutes from several places.')
param healthTest bool = true

@description('The workbook: one page that says how the notifier is.')
param deployWorkbook bool = true

@description('Version of Node in Azure.')
@allowed(['22', '24'])
param nodeVersion string = '24'

@description('Memory of an instance, MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@description('Instances at most, for each function. Azure takes values below 40 in some regions only.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that are always warm, by scaling group (http, function:deliveries). Each costs by the hour.')
param alwaysReady { name: string, instanceCount: int }[] = []

@description('Instances in several zones; needs two always ready instances for each group that has any.')
param zoneRedundant bool = false

@description('Takes old instances out one by one at an update, instead of ending what they run at once (preview).')
param rollingUpdates bool = false

@description('Lets the platform read queue lengths, so that it scales in one step. Gives the app the right to alter its queues.')
param scaleByQueueLength bool = false

@description('How the tables are copied: Standard_LRS (one building), Standard_ZRS (three), Standard_GZRS (and another region).')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS', 'Standard_RAGRS', 'Standard_RAGZRS'])
param dataStorageSku string = 'Standard_ZRS'

@description('Functions that are switched off: emergency stops. deploy.yml reads those of today and hands them in.')
param disabledFunctions string[] = []

@description('The notifier\'s own settings that differ from their defaults: { NOTIFIER_BURST: \'5/60s\' }.')
param notifierSettings object = {}

@description('Client id of the app registration that people sign in to the console with (docs/operations.md); empty: no console.')
param consoleClientId string = ''

@description('Resource id of a Log Analytics workspace that exists already; its retention and cap are then its own.')
param existingWorkspaceId string = ''

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Gigabytes of logs a day after which nothing more is taken in; -1 for no cap.')
param logDailyCapGb int = 5

@description('Messages that a queue may hold for a quarter of an hour before an alert.')
param backlogMessages int = 100

@description('Basic costs no base price, but has 100 connections and finds no duplicates (docs/operations.md). Not to be changed later.')
@allowed(['Basic', 'Standard'])
param serviceBusSku string = 'Standard'

@description('Storage and queues through private endpoints only. Needs Service Bus Premium, which costs far more.')
param privateNetworking bool = false

@description('Subnets that exist already, in place of a network made here.')
param existingNetwork existingSubnets?

@description('Private DNS zones that exist already and are linked to the network, in place of ones made here.')
param existingDnsZones existingZones?

@description('Addresses of the virtual network, when one is made; at least a /25.')
param networkAddressPrefix string = '10.83.0.0/24'

var manifest = loadJsonContent('manifest.json')
var unique = uniqueString(resourceGroup().id, name)
var compact = toLower(replace(name, '-', ''))
var kinds = {
  appIdentity: 'app'
  workspace: 'logs'
  component: 'insights'
  // Begins with a letter, as a namespace must, also where it comes first.
  serviceBus: 'bus${unique}'
  app: unique
  plan: 'plan'
  network: 'network'
  actionGroup: 'operators'
}
var patterned = toObject(
  items(kinds),
  each => each.key,
  each => replace(replace(namePattern, '{name}', name), '{kind}', each.value)
)
var given = union(
  patterned,
  {
    hostStorage: take('${take(compact, 9)}h${unique}', 24)
    dataStorage: take('${take(compact, 9)}d${unique}', 24)
  },
  names
)
var packageContainer = 'packages'
var storageSuffix = environment().suffixes.storage
// The cloud has no suffix for Service Bus in environment().
var serviceBusHost = '${given.serviceBus}.servicebus.windows.net'
var tableEndpoint = 'https://${given.dataStorage}.table.${storageSuffix}/'
var workspaceId = empty(existingWorkspaceId)
  ? resourceId('Microsoft.OperationalInsights/workspaces', given.workspace)
  : existingWorkspaceId
var makesNetwork = privateNetworking && existingNetwork == null
var appSubnetId = existingNetwork.?app ?? resourceId('Microsoft.Network/virtualNetworks/subnets', given.network, 'app')
var endpointsSubnetId = existingNetwork.?endpoints ?? resourceId(
  'Microsoft.Network/virtualNetworks/subnets',
  given.network,
  'endpoints'
)
var networkParts = split(endpointsSubnetId, '/subnets/')

var grants = filter(
  manifest.roleGrants,
  grant => empty(grant.option) || (grant.option == 'scaleByQueueLength' && scaleByQueueLength)
)
var queueGrants = filter(grants, grant => grant.on == 'queue')
var to = {
  app: [
    {
      id: resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', given.appIdentity)
      type: 'ServicePrincipal'
    }
  ]
  operators: operators
  publishers: publishers
  outcomeReaders: outcomeReaders
}

// The app's own identity; it may be made anew at any time.
resource appIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: given.appIdentity
  location: location
  tags: tags
}

resource botIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: botIdentityName
  scope: resourceGroup(identityResourceGroup)
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  dependsOn: [appIdentity]
  params: {
    workspaceName: given.workspace
    existingWorkspaceId: existingWorkspaceId
    componentName: given.component
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
    grants: filter(grants, grant => grant.on == 'applicationInsights')
    to: to
    appIdentityName: given.appIdentity
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  name: 'host-storage'
  dependsOn: [appIdentity]
  params: {
    name: given.hostStorage
    location: location
    tags: tags
    publicNetworkAccess: !privateNetworking
    packageContainerName: packageContainer
    grants: filter(grants, grant => grant.on == 'hostStorage')
    to: to
    appIdentityName: given.appIdentity
  }
}

module dataStorage 'modules/data-storage.bicep' = {
  name: 'data-storage'
  dependsOn: [appIdentity]
  params: {
    name: given.dataStorage
    location: location
    tags: tags
    sku: dataStorageSku
    publicNetworkAccess: !privateNetworking
    tableNames: manifest.tables
    grants: filter(grants, grant => grant.on == 'dataStorage')
    to: to
    appIdentityName: given.appIdentity
  }
}

module serviceBus 'modules/service-bus.bicep' = {
  name: 'service-bus'
  dependsOn: [appIdentity, monitoring]
  params: {
    name: given.serviceBus
    location: location
    tags: tags
    sku: !privateNetworking
      ? serviceBusSku
      : serviceBusSku == 'Standard'
          ? 'Premium'
          : fail('serviceBusSku = Basic has no private endpoints: leave it out, privateNetworking makes it Premium')
    publicNetworkAccess: !privateNetworking
    queues: manifest.queues
    grants: queueGrants
    to: to
    appIdentityName: given.appIdentity
    workspaceId: workspaceId
  }
}

module virtualNetwork 'modules/virtual-network.bicep' = if (makesNetwork) {
  name: 'virtual-network'
  params: {
    name: given.network
    location: location
    tags: tags
    addressPrefix: networkAddressPrefix
  }
}

module privateEndpoints 'modules/private-endpoints.bicep' = if (privateNetworking) {
  name: 'private-endpoints'
  dependsOn: [virtualNetwork, hostStorage, dataStorage, serviceBus]
  params: {
    name: given.network
    location: location
    tags: tags
    networkId: networkParts[0]
    subnetId: endpointsSubnetId
    existingDnsZones: existingDnsZones
    hostStorageId: resourceId('Microsoft.Storage/storageAccounts', given.hostStorage)
    dataStorageId: resourceId('Microsoft.Storage/storageAccounts', given.dataStorage)
    serviceBusId: resourceId('Microsoft.ServiceBus/namespaces', given.serviceBus)
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  // The app that starts before it can reach its storage would have to be restarted.
  dependsOn: [appIdentity, monitoring, hostStorage, dataStorage, serviceBus, privateEndpoints]
  params: {
    name: given.app
    planName: given.plan
    location: location
    tags: tags
    nodeVersion: nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReady
    zoneRedundant: zoneRedundant
    rollingUpdates: rollingUpdates
    subnetId: privateNetworking ? appSubnetId : ''
    appIdentityName: given.appIdentity
    botIdentityName: botIdentityName
    identityResourceGroup: identityResourceGroup
    hostStorageName: given.hostStorage
    packageContainer: 'https://${given.hostStorage}.blob.${storageSuffix}/${packageContainer}'
    tableEndpoint: tableEndpoint
    serviceBusHost: serviceBusHost
    componentName: given.component
    disabledFunctions: disabledFunctions
    functionNames: manifest.functions
    notifierSettings: notifierSettings
    notifierSettingNames: manifest.notifierSettings
    consoleClientId: consoleClientId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  dependsOn: [monitoring, serviceBus, app]
  params: {
    name: name
    location: location
    tags: tags
    actionGroupName: given.actionGroup
    existingActionGroupId: existingActionGroupId
    emails: alertEmails
    webhooks: alertWebhooks
    disabled: disabledAlerts
    workingHours: workingHours
    healthTest: healthTest
    componentName: given.component
    appName: given.app
    workspaceId: workspaceId
    serviceBusId: resourceId('Microsoft.ServiceBus/namespaces', given.serviceBus)
    backlogMessages: backlogMessages
    queuesWithReader: filter(
      map(manifest.queues, queue => queue.name),
      queue => queue != 'outcomes' || !empty(outcomeReaders)
    )
  }
}

module workbook 'modules/workbook.bicep' = if (deployWorkbook) {
  name: 'workbook'
  dependsOn: [monitoring]
  params: {
    displayName: '${name}: how it is'
    location: location
    tags: tags
    workspaceId: workspaceId
  }
}

@description('Name of the function app.')
output AZURE_FUNCTION_APP_NAME string = given.app

@description('Where the bot and the HTTP interface are: https://HOST/api/... For appHost of identity.bicep.')
output NOTIFIER_HOST string = app.outputs.host

@description('The bot\'s app id: npm run package:teams -- --bot-id ...')
output NOTIFIER_BOT_ID string = botIdentity.properties.clientId

@description('For --namespace of the command line, and for publishers.')
output NOTIFIER_SERVICE_BUS string = serviceBusHost

@description('For --tables-endpoint of the command line.')
output NOTIFIER_TABLES string = tableEndpoint

@description('For once.bicep: the storage account that has the tables.')
output NOTIFIER_DATA_STORAGE string = given.dataStorage

@description('For identity.bicep: where the bot\'s requests are logged.')
output NOTIFIER_WORKSPACE string = workspaceId
