// A cheap installation to try things in. Costs: docs/operations.md.
using 'main.bicep'

param name = 'notifier-dev'
param identityResourceGroup = 'notifier-dev-identity'
param dataStorageSku = 'Standard_LRS'
param logDailyCapGb = 1
param healthTest = false
// A new installation is cheaper by the base price of Standard: 9.86 USD a month. One that is there stays what it is.
// param serviceBusSku = 'Basic'

// Who may use the command line against it: az ad signed-in-user show --query id --output tsv
param operators = []
