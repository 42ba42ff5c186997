// Two identities. The bot's client id is what Teams knows the bot by, and what people's conversations are tied to: it must
// outlive the app, its region and its resource group, and it has no rights on any data. The app's may be made anew.
@description('Name of the app\'s identity.')
param appIdentityName string

@description('Name of the bot\'s identity.')
param botIdentityName string

@description('Resource id of a bot identity that exists already (move to another region). Empty: one is made.')
param existingBotIdentityId string

param location string
param tags object

resource app 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: appIdentityName
  location: location
  tags: tags
}

resource bot 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = if (empty(existingBotIdentityId)) {
  name: botIdentityName
  location: location
  tags: tags
}

var botParts = split(empty(existingBotIdentityId) ? '////////' : existingBotIdentityId, '/')

resource existingBot 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = if (!empty(existingBotIdentityId)) {
  name: botParts[8]
  scope: resourceGroup(botParts[2], botParts[4])
}

output appId string = app.id
output appClientId string = app.properties.clientId
output appPrincipalId string = app.properties.principalId
output botId string = empty(existingBotIdentityId) ? bot.id : existingBot.id
output botClientId string = empty(existingBotIdentityId) ? bot!.properties.clientId : existingBot!.properties.clientId
