// What tells operators how the notifier is: alerts, a workbook, a budget.
@description('Prefix of every name.')
param name string

param location string
param tags object
param emails string[]
param workspaceId string
param serviceBusId string
param backlogMessages int

@description('0 for no budget.')
param monthlyBudget int

param budgetStart string

module alerts 'alerts.bicep' = {
  name: 'alerts'
  params: {
    name: name
    location: location
    tags: tags
    emails: emails
    workspaceId: workspaceId
    serviceBusId: serviceBusId
    backlogMessages: backlogMessages
  }
}

module workbook 'workbook.bicep' = {
  name: 'workbook'
  params: {
    displayName: '${name}: how it is'
    location: location
    tags: tags
    workspaceId: workspaceId
  }
}

module budget 'budget.bicep' = if (monthlyBudget > 0) {
  name: 'budget'
  params: {
    name: '${name}-budget'
    amount: max(1, monthlyBudget)
    startDate: budgetStart
    emails: emails
    actionGroupId: alerts.outputs.actionGroupId
  }
}
