// What is deployed once beside main.bicep, by a person with Owner: the lock on the tables (locks take Owner or User Access
// Administrator) and the budget (its first month must not lie in the past, so it cannot be deployed again and again).
// The identities that deploy every day can neither take the lock away nor change the budget.
targetScope = 'resourceGroup'

@description('Name of the installation, as in main.bicep.')
param name string

@description('Name of the storage account that has the tables: output NOTIFIER_DATA_STORAGE of main.bicep.')
param dataStorageName string

@description('Costs a month, in the subscription\'s currency, that mail is sent about; 0 for no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('First month of the budget: this month or a later one, yyyy-MM-01.')
param budgetStart string = utcNow('yyyy-MM-01')

@description('Whom the budget is mailed to.')
param budgetEmails string[] = []

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: dataStorageName
}

resource keep 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'people-are-known-here'
  scope: storage
  properties: {
    level: 'CanNotDelete'
    notes: 'Without these tables nobody can be reached again before they write to the bot.'
  }
}

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = if (monthlyBudget > 0) {
  name: '${name}-budget'
  properties: {
    category: 'Cost'
    amount: max(1, monthlyBudget)
    timeGrain: 'Monthly'
    timePeriod: { startDate: budgetStart }
    notifications: {
      actual80: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: budgetEmails
      }
      forecast100: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: budgetEmails
      }
    }
  }
}
