// No installation: Service Bus Basic, so that `dev/infra/main.ts check` evaluates its queues.
using '../main.bicep'

param name = 'notifier-basic'
param identityResourceGroup = 'notifier-basic-identity'
param serviceBusSku = 'Basic'
