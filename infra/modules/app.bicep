// Flex Consumption plan and app.
param name string
param planName string
param location string
param tags object

@description('Version of Node.')
@allowed(['22', '24'])
param nodeVersion string

@description('Memory of an instance. 512 MB sends at the full rate of a tenant.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Instances at most, for each function. No limit on the rate: that is NOTIFIER_REQUESTS_PER_SECOND.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances that are always warm, by scaling group: http, function:deliveries ...')
param alwaysReady { name: string, instanceCount: int }[]

param zoneRedundant bool

@description('An update takes instances out one by one; else it ends what they run, and the queue gives it out again.')
param rollingUpdates bool

@description('Subnet for outgoing traffic, delegated to Microsoft.App/environments; empty for none.')
param subnetId string

@description('Name of the app\'s identity.')
param appIdentityName string

@description('The bot\'s identity and the resource group that it stays in.')
param botIdentityName string
param identityResourceGroup string

param hostStorageName string

@description('Address of the blob container that packages are deployed into.')
param packageContainer string

param tableEndpoint string
param serviceBusHost string

@description('Name of the Application Insights component.')
param componentName string

@description('Functions that are switched off: emergency stops that a deployment must not undo.')
param disabledFunctions string[]

@description('Functions that there are.')
param functionNames string[]

@description('The notifier\'s own settings that differ from their defaults: NOTIFIER_...')
param notifierSettings object

@description('Names that notifierSettings may have.')
param notifierSettingNames string[]

@description('Client id of the console\'s app registration; empty: no console.')
param consoleClientId string

var unknownSettings = filter(objectKeys(notifierSettings), key => !contains(notifierSettingNames, key))
var ownSettings = empty(unknownSettings)
  ? notifierSettings
  : fail('notifierSettings has ${join(unknownSettings, ', ')}; the settings are ${join(notifierSettingNames, ', ')}')

var unknownFunctions = filter(disabledFunctions, function => !contains(functionNames, function))
var stops = empty(unknownFunctions)
  ? toObject(disabledFunctions, function => 'AzureWebJobs.${function}.Disabled', function => 'true')
  : fail('disabledFunctions has ${join(unknownFunctions, ', ')}; the functions are ${join(functionNames, ', ')}')

// The sign-in proves itself by the app's identity, which the registration trusts (a federated credential): there is no secret.
var signInIdentity = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
var consoleSettings = empty(consoleClientId) ? {} : { NOTIFIER_CONSOLE: 'on', '${signInIdentity}': appClientId }

// Stand for what is known only when the identities and the component are there.
var appClientId = '@client id of the app'
var botClientId = '@client id of the bot'
var telemetryClient = '@client id of the app, for telemetry'
// Names the component; without a key it lets nobody write: local authentication is off.
var telemetryAddress = '@address of the component'

var settings = union(
  {
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: telemetryClient
    APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryAddress
    AZURE_CLIENT_ID: appClientId
    AzureWebJobsStorage__accountName: hostStorageName
    AzureWebJobsStorage__clientId: appClientId
    AzureWebJobsStorage__credential: 'managedidentity'
    MicrosoftAppId: botClientId
    MicrosoftAppTenantId: tenant().tenantId
    MicrosoftAppType: 'UserAssignedMSI'
    NODE_ENV: 'production'
    ServiceBusConnection__clientId: appClientId
    ServiceBusConnection__credential: 'managedidentity'
    ServiceBusConnection__fullyQualifiedNamespace: serviceBusHost
    TablesConnection__tableServiceUri: tableEndpoint
  },
  ownSettings,
  consoleSettings,
  stops
)

resource appIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: appIdentityName
}

resource botIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: botIdentityName
  scope: resourceGroup(identityResourceGroup)
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'notifier' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${appIdentity.id}': {}
      '${botIdentity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      runtime: { name: 'node', version: nodeVersion }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady
      }
      #disable-next-line BCP037 // Documented, and not yet in the published types.
      siteUpdateStrategy: { type: rollingUpdates ? 'RollingUpdate' : 'Recreate' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainer
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: appIdentity.id
          }
        }
      }
    }
    siteConfig: {
      // One by one, not in one expression: a plan then shows each that is known before the identities are made.
      appSettings: [
        for each in items(settings): {
          name: each.key
          value: each.value == appClientId
            ? appIdentity.properties.clientId
            : each.value == botClientId
                ? botIdentity.properties.clientId
                : each.value == telemetryClient
                    ? 'ClientId=${appIdentity.properties.clientId};Authorization=AAD'
                    : each.value == telemetryAddress ? component.properties.ConnectionString : each.value
        }
      ]
      ftpsState: 'Disabled'
      http20Enabled: true
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
  }

  // Deployment by Entra ID only: no publishing password works.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

// Who is signed in, for the console alone. Everything else has its own way to tell who asks: function keys, the secret in a
// hook's address, the Bot Connector's token, which must not be looked at here.
resource signIn 'Microsoft.Web/sites/config@2025-03-01' = if (!empty(consoleClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      requireAuthentication: false
      unauthenticatedClientAction: 'AllowAnonymous'
      excludedPaths: ['/api/messages']
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: consoleClientId
          clientSecretSettingName: signInIdentity
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [consoleClientId, 'api://${consoleClientId}']
        }
      }
    }
    httpSettings: { requireHttps: true }
    // Nobody needs the tokens: whoever signed in is known by the cookie.
    login: { tokenStore: { enabled: false } }
  }
}

output host string = app.properties.defaultHostName
