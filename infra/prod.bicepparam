// One installation that people rely on. Fill in the object ids and addresses: az ad group show --group NAME --query id
using 'main.bicep'

param name = 'notifier-prod'
param identityResourceGroup = 'notifier-prod-identity'
param tags = { service: 'notifier', environment: 'prod' }
param operators = []
param publishers = []
param outcomeReaders = []
param alertEmails = []
param alertWebhooks = []
param workingHours = { zone: 'Europe/Berlin', from: 8, to: 18 }

// A message from a person is answered within the Bot Connector's patience also when the app was asleep.
param alwaysReady = [{ name: 'http', instanceCount: 1 }]
param dataStorageSku = 'Standard_ZRS'
param logRetentionDays = 90
param logDailyCapGb = 10
