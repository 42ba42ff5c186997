// One installation that people rely on. Fill in the object ids and addresses: az ad group show --group NAME --query id
using 'main.bicep'

param name = 'notifier-prod'
param tags = { service: 'notifier', environment: 'prod' }
param operators = []
param publishers = []
param outcomeReaders = []
param alertEmails = []
param monthlyBudget = 50
param budgetStart = '2027-01-01'

// A message from a person is answered within the Bot Connector's patience also when the app was asleep.
param alwaysReady = [{ name: 'http', instanceCount: 1 }]
param dataStorageSku = 'Standard_ZRS'
param lockData = true
param botSku = 'S1'
param logRetentionDays = 90
param logDailyCapGb = 10
