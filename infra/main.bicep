// The whole notifier in one resource group. `az deployment group create` or `azd provision`; docs/operations.md leads
// through the first deployment. Queues, tables, roles and setting names come from manifest.json, which the code writes
// (`node dev/run.mjs dev/infra/main.ts write`).
//
// No parameter and no output holds a secret, because there is none: every connection is by managed identity.
targetScope = 'resourceGroup'

import { principal } from 'modules/types.bicep'

@description('Name of this installation; every resource begins with it: notifier-dev, notifier-prod.')
@minLength(3)
@maxLength(20)
param name string

@description('Region. Flex Consumption must be offered there: az functionapp list-flexconsumption-locations.')
param location string = resourceGroup().location

@description('What people see as the sender.')
@maxLength(42)
param botDisplayName string = 'Notifier'

@description('Tags on every resource.')
param tags object = {}

@description('Object ids of people and groups who operate the notifier: command line, parked items.')
param operators principal[] = []

@description('Object ids of services that publish events to queue events.')
param publishers principal[] = []

@description('Object ids of services that read answers from queue outcomes.')
param outcomeReaders principal[] = []

@description('Whom alerts and the budget are mailed to.')
param alertEmails string[] = []

@description('Costs a month, in the subscription\'s currency, that mail is sent about; 0 for no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('First month of the budget. It cannot be changed to the past later: leave it as it is.')
param budgetStart string = utcNow('yyyy-MM-01')

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

@description('Keeps the tables from being deleted by mistake.')
param lockData bool = false

@description('F0 is free; S1 has a service level.')
@allowed(['F0', 'S1'])
param botSku string = 'F0'

@description('False lets Web Chat clients come with a channel secret. Teams needs none.')
param botDisableLocalAuth bool = true

@description('False where the bot exists already (move to another region): only its endpoint changes then.')
param deployBot bool = true

@description('Resource id of a bot identity that exists already. Empty: one is made.')
param existingBotIdentityId string = ''

@description('The notifier\'s own settings that differ from their defaults: { NOTIFIER_BURST: \'5/60s\' }.')
param notifierSettings object = {}

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Gigabytes of logs a day after which nothing more is taken in; -1 for no cap.')
param logDailyCapGb int = 5

@description('Messages that a queue may hold for a quarter of an hour before an alert.')
param backlogMessages int = 100

@description('Storage and queues through private endpoints only. Needs Service Bus Premium, which costs far more.')
param privateNetworking bool = false

@description('Addresses of the virtual network, when there is one; at least a /25.')
param networkAddressPrefix string = '10.83.0.0/24'

var manifest = loadJsonContent('manifest.json')
var unique = uniqueString(resourceGroup().id, name)
var compact = toLower(replace(name, '-', ''))

var grants = filter(
  manifest.roleGrants,
  grant => empty(grant.option) || (grant.option == 'scaleByQueueLength' && scaleByQueueLength)
)
var queueGrants = filter(grants, grant => grant.on == 'queue')
var to = {
  app: [{ id: identities.outputs.appPrincipalId, type: 'ServicePrincipal' }]
  operators: operators
  publishers: publishers
  outcomeReaders: outcomeReaders
}

module identities 'modules/identities.bicep' = {
  name: 'identities'
  params: {
    appIdentityName: '${name}-app'
    botIdentityName: '${name}-bot'
    existingBotIdentityId: existingBotIdentityId
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    workspaceName: '${name}-logs'
    componentName: '${name}-insights'
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
    grants: filter(grants, grant => grant.on == 'applicationInsights')
    to: to
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  name: 'host-storage'
  params: {
    name: take('${take(compact, 9)}h${unique}', 24)
    location: location
    tags: tags
    publicNetworkAccess: !privateNetworking
    grants: filter(grants, grant => grant.on == 'hostStorage')
    to: to
    workspaceId: monitoring.outputs.workspaceId
  }
}

module dataStorage 'modules/data-storage.bicep' = {
  name: 'data-storage'
  params: {
    name: take('${take(compact, 9)}d${unique}', 24)
    location: location
    tags: tags
    sku: dataStorageSku
    publicNetworkAccess: !privateNetworking
    tableNames: manifest.tables
    grants: filter(grants, grant => grant.on == 'dataStorage')
    to: to
    lock: lockData
    workspaceId: monitoring.outputs.workspaceId
  }
}

module serviceBus 'modules/service-bus.bicep' = {
  name: 'service-bus'
  params: {
    name: '${name}-${unique}'
    location: location
    tags: tags
    sku: privateNetworking ? 'Premium' : 'Standard'
    publicNetworkAccess: !privateNetworking
    queues: manifest.queues
    grants: queueGrants
    to: to
    workspaceId: monitoring.outputs.workspaceId
  }
}

module virtualNetwork 'modules/virtual-network.bicep' = if (privateNetworking) {
  name: 'virtual-network'
  params: {
    name: '${name}-network'
    location: location
    tags: tags
    addressPrefix: networkAddressPrefix
  }
}

module privateEndpoints 'modules/private-endpoints.bicep' = if (privateNetworking) {
  name: 'private-endpoints'
  params: {
    name: '${name}-network'
    location: location
    tags: tags
    networkId: virtualNetwork!.outputs.id
    subnetId: virtualNetwork!.outputs.endpointsSubnetId
    hostStorageId: hostStorage.outputs.id
    dataStorageId: dataStorage.outputs.id
    serviceBusId: serviceBus.outputs.id
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  // The app that starts before it can reach its storage would have to be restarted.
  dependsOn: [privateEndpoints]
  params: {
    name: '${name}-${unique}'
    planName: '${name}-plan'
    location: location
    tags: tags
    nodeVersion: nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReady
    zoneRedundant: zoneRedundant
    rollingUpdates: rollingUpdates
    subnetId: privateNetworking ? virtualNetwork!.outputs.appSubnetId : ''
    appIdentity: { id: identities.outputs.appId, clientId: identities.outputs.appClientId }
    botIdentity: { id: identities.outputs.botId, clientId: identities.outputs.botClientId }
    hostStorageName: hostStorage.outputs.name
    packageContainer: hostStorage.outputs.packageContainer
    tableEndpoint: dataStorage.outputs.tableEndpoint
    serviceBusHost: serviceBus.outputs.host
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    workspaceId: monitoring.outputs.workspaceId
    notifierSettings: notifierSettings
    notifierSettingNames: manifest.notifierSettings
  }
}

module bot 'modules/bot.bicep' = if (deployBot) {
  name: 'bot'
  params: {
    name: '${name}-${unique}'
    displayName: botDisplayName
    tags: tags
    sku: botSku
    identity: { id: identities.outputs.botId, clientId: identities.outputs.botClientId }
    host: app.outputs.host
    disableLocalAuth: botDisableLocalAuth
    workspaceId: monitoring.outputs.workspaceId
  }
}

module operations 'modules/operations.bicep' = {
  name: 'operations'
  params: {
    name: name
    location: location
    tags: tags
    emails: alertEmails
    workspaceId: monitoring.outputs.workspaceId
    serviceBusId: serviceBus.outputs.id
    backlogMessages: backlogMessages
    monthlyBudget: monthlyBudget
    budgetStart: budgetStart
  }
}

@description('Name of the function app.')
output AZURE_FUNCTION_APP_NAME string = app.outputs.name

@description('Where the bot and the HTTP interface are: https://HOST/api/...')
output NOTIFIER_HOST string = app.outputs.host

@description('The bot\'s app id: npm run package:teams -- --bot-id ...')
output NOTIFIER_BOT_ID string = identities.outputs.botClientId

@description('For --namespace of the command line, and for publishers.')
output NOTIFIER_SERVICE_BUS string = serviceBus.outputs.host

@description('For --tables-endpoint of the command line.')
output NOTIFIER_TABLES string = dataStorage.outputs.tableEndpoint

@description('For existingBotIdentityId, when the notifier moves.')
output NOTIFIER_BOT_IDENTITY string = identities.outputs.botId
