// Mails when the month's costs of this resource group pass 80 % and are forecast to pass the whole amount. Stops nothing.
param name string

@description('In the currency of the subscription, a month.')
@minValue(1)
param amount int

@description('First day of a month: yyyy-MM-01.')
param startDate string

param emails string[]

@description('Resource id of an action group: a budget must have somebody to tell, also where no address is given.')
param actionGroupId string

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: startDate }
    notifications: {
      actual80: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: emails
        contactGroups: [actionGroupId]
      }
      forecast100: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: emails
        contactGroups: [actionGroupId]
      }
    }
  }
}
