// For `azd up` alone: makes the two resource groups and deploys identity.bicep and main.bicep into them. It needs the right
// to make groups in the subscription. docs/operations.md has the way without.
targetScope = 'subscription'

@description('Name of the azd environment; everything begins with notifier-NAME.')
@minLength(1)
@maxLength(11)
param environmentName string

@description('Region of both groups.')
@minLength(1)
param location string

@description('Object id of whoever runs azd: gets the rights of an operator.')
param principalId string

@description('User for a person, ServicePrincipal for a pipeline.')
@allowed(['User', 'ServicePrincipal'])
param principalType string = 'User'

var name = 'notifier-${environmentName}'
var token = uniqueString(subscription().id, environmentName, location)
var appName = '${name}-${token}'
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: name
  location: location
  tags: tags
}

resource identityGroup 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: '${name}-identity'
  location: location
  tags: tags
}

module identity '../identity.bicep' = {
  name: 'identity'
  scope: identityGroup
  params: {
    name: name
    location: location
    tags: tags
    botName: appName
    // Named before the app is there, so that one deployment is enough.
    appHost: '${appName}.azurewebsites.net'
    // Locks take Owner; `azd down` would stop at them. docs/operations.md says how to set them.
    lock: false
  }
}

module notifier '../main.bicep' = {
  name: 'notifier'
  scope: group
  dependsOn: [identity]
  params: {
    name: name
    location: location
    tags: tags
    names: { app: appName, serviceBus: appName }
    identityResourceGroup: identityGroup.name
    operators: [{ id: principalId, type: principalType }]
    dataStorageSku: 'Standard_LRS'
    healthTest: false
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP_NAME string = notifier.outputs.AZURE_FUNCTION_APP_NAME
output NOTIFIER_HOST string = notifier.outputs.NOTIFIER_HOST
output NOTIFIER_BOT_ID string = notifier.outputs.NOTIFIER_BOT_ID
output NOTIFIER_SERVICE_BUS string = notifier.outputs.NOTIFIER_SERVICE_BUS
output NOTIFIER_TABLES string = notifier.outputs.NOTIFIER_TABLES
