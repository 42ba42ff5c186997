// No installation: every option on, so that `dev/infra/main.ts check` evaluates what dev and prod leave off.
using '../main.bicep'

param name = 'notifier-check'
param namePattern = '{kind}-{name}'
param names = { app: 'func-notifier-check' }
param identityResourceGroup = 'notifier-check-identity'
param botIdentityName = 'somebody-else'
param operators = [{ id: '00000000-0000-0000-0000-0000000000a1', type: 'Group' }]
param publishers = [{ id: '00000000-0000-0000-0000-0000000000a2', type: 'ServicePrincipal' }]
param outcomeReaders = [{ id: '00000000-0000-0000-0000-0000000000a3', type: 'ServicePrincipal' }]
param existingActionGroupId = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shared/providers/Microsoft.Insights/actionGroups/ops'
param existingWorkspaceId = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shared/providers/Microsoft.OperationalInsights/workspaces/logs'
param disabledAlerts = ['unauthenticated', 'not-healthy']
param workingHours = { zone: 'Europe/Berlin', from: 8, to: 18 }
param deployWorkbook = false
param alwaysReady = [{ name: 'http', instanceCount: 2 }, { name: 'function:deliveries', instanceCount: 2 }]
param zoneRedundant = true
param rollingUpdates = true
param scaleByQueueLength = true
param disabledFunctions = ['deliveries', 'reminders']
param notifierSettings = { NOTIFIER_BURST: '5/60s' }
param consoleClientId = '00000000-0000-0000-0000-000000000007'
param privateNetworking = true
param existingNetwork = {
  app: '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shared/providers/Microsoft.Network/virtualNetworks/hub/subnets/app'
  endpoints: '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shared/providers/Microsoft.Network/virtualNetworks/hub/subnets/endpoints'
}
param existingDnsZones = {
  blob: '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shared/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net'
  table: '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shared/providers/Microsoft.Network/privateDnsZones/privatelink.table.core.windows.net'
  serviceBus: '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shared/providers/Microsoft.Network/privateDnsZones/privatelink.servicebus.windows.net'
}
