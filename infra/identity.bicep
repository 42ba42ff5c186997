// What must outlive every installation: the bot's identity and the Azure Bot, in a resource group of their own, locked.
// Teams knows the bot by the identity's client id; people's conversations are tied to it. Azure moves no identity between
// groups or regions, so it begins where it stays. docs/operations.md says when this is deployed, and by whom: the daily
// deployments have no right to change anything in this group.
targetScope = 'resourceGroup'

@description('Name of the notifier; the identity and the bot begin with it.')
@minLength(3)
@maxLength(20)
param name string

@description('Region of the identity. It may be used from every region.')
param location string = resourceGroup().location

@description('Where the bot service keeps its own data: global, or regional for a boundary (westeurope, centralindia). Cannot be changed later.')
@allowed(['global', 'westeurope', 'centralindia'])
param botLocation string = 'global'

@description('Tags on every resource.')
param tags object = {}

@description('Name of the bot\'s identity.')
param identityName string = '${name}-bot'

@description('Name of the Azure Bot; unique in all of Azure.')
@minLength(2)
@maxLength(64)
param botName string = '${name}-${uniqueString(resourceGroup().id, name)}'

@description('Host name of the app (output NOTIFIER_HOST of main.bicep). Empty: the identity alone, as the app is not there yet.')
param appHost string = ''

@description('What people see as the sender.')
@maxLength(42)
param displayName string = 'Notifier'

@description('F0 is free for Teams and Web Chat; S1 has a service level.')
@allowed(['F0', 'S1'])
param sku string = 'F0'

@description('False lets Web Chat and Direct Line clients come with a channel secret. Teams needs none.')
param disableLocalAuth bool = true

@description('Where the bot\'s requests are logged: resource id of a Log Analytics workspace; empty for none.')
param workspaceId string = ''

@description('Keeps identity and bot from being deleted by mistake. Takes Owner or User Access Administrator to set.')
param lock bool = true

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: identityName
  location: location
  tags: tags
}

resource keepIdentity 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  name: 'every-installation-hangs-on-it'
  scope: identity
  properties: {
    level: 'CanNotDelete'
    notes: 'Its client id cannot be had again: everybody would have to install the app anew.'
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = if (!empty(appHost)) {
  name: botName
  location: botLocation
  tags: tags
  kind: 'azurebot'
  sku: { name: sku }
  properties: {
    displayName: displayName
    description: 'Tells people what happened, when they asked for it.'
    endpoint: 'https://${appHost}/api/messages'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    #disable-next-line use-resource-id-functions // An Entra tenant's id, not a resource's.
    msaAppTenantId: tenant().tenantId
    msaAppType: 'UserAssignedMSI'
    disableLocalAuth: disableLocalAuth
    isStreamingSupported: false
    publicNetworkAccess: 'Enabled'
    schemaTransformationVersion: '1.3'
  }

  resource teams 'channels' = {
    name: 'MsTeamsChannel'
    location: botLocation
    properties: {
      channelName: 'MsTeamsChannel'
      properties: { isEnabled: true, acceptedTerms: true }
    }
  }

  resource webChat 'channels' = {
    name: 'WebChatChannel'
    location: botLocation
    // Channels of one bot are changed one at a time.
    dependsOn: [teams]
    properties: {
      channelName: 'WebChatChannel'
      properties: {
        sites: [{ siteName: 'Default Site', isEnabled: true, isWebchatPreviewEnabled: true }]
      }
    }
  }
}

resource keepBot 'Microsoft.Authorization/locks@2020-05-01' = if (lock && !empty(appHost)) {
  name: 'teams-knows-it'
  scope: bot
  properties: {
    level: 'CanNotDelete'
    notes: 'Without it no channel reaches the app.'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(appHost) && !empty(workspaceId)) {
  name: 'to-log-analytics'
  scope: bot
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'BotRequest', enabled: true }
    ]
  }
}

@description('Name of the identity, for botIdentityName of main.bicep.')
output NOTIFIER_BOT_IDENTITY_NAME string = identity.name

@description('The bot\'s app id: npm run package:teams -- --bot-id ...')
output NOTIFIER_BOT_ID string = identity.properties.clientId
