// The Azure Bot: what Teams and Web Chat know the app by. It has no region.
@minLength(2)
@maxLength(64)
param name string

@maxLength(42)
param displayName string

param tags object

@description('F0 is free for Teams and Web Chat; S1 has a service level.')
@allowed(['F0', 'S1'])
param sku string

@description('The bot\'s identity: resource id and client id.')
param identity { id: string, clientId: string }

@description('Host name of the app.')
param host string

@description('False lets Web Chat and Direct Line clients come with a channel secret. Teams needs none.')
param disableLocalAuth bool

param workspaceId string

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: 'global'
  tags: tags
  kind: 'azurebot'
  sku: { name: sku }
  properties: {
    displayName: displayName
    description: 'Tells people what happened, when they asked for it.'
    endpoint: 'https://${host}/api/messages'
    msaAppId: identity.clientId
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
    location: 'global'
    properties: {
      channelName: 'MsTeamsChannel'
      properties: { isEnabled: true, acceptedTerms: true }
    }
  }

  resource webChat 'channels' = {
    name: 'WebChatChannel'
    location: 'global'
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

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: bot
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'BotRequest', enabled: true }
    ]
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}

output name string = bot.name
