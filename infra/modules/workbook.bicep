// One page that says how the notifier is. Its queries are files of their own, so that tests can read them.
param displayName string
param location string
param tags object

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

var tiles = [
  {
    title: 'Objective: direct messages within 10 s (p95)'
    query: loadTextContent('../queries/slo-latency.kql')
    visualization: 'table'
    width: '33'
  }
  {
    title: 'Objective: nothing is lost'
    query: loadTextContent('../queries/slo-lost.kql')
    visualization: 'table'
    width: '33'
  }
  {
    title: 'Objective: reminders at their second'
    query: loadTextContent('../queries/slo-reminders.kql')
    visualization: 'table'
    width: '33'
  }
  {
    title: 'How deliveries ended'
    query: loadTextContent('../queries/workbook-outcomes.kql')
    visualization: 'barchart'
    width: '100'
  }
  {
    title: 'From event to delivery, seconds'
    query: loadTextContent('../queries/workbook-latency.kql')
    visualization: 'table'
    width: '50'
  }
  {
    title: 'Functions, milliseconds'
    query: loadTextContent('../queries/workbook-functions.kql')
    visualization: 'table'
    width: '50'
  }
  {
    title: 'Retries, by what the channel answered'
    query: loadTextContent('../queries/workbook-retries.kql')
    visualization: 'table'
    width: '50'
  }
  {
    title: 'Parked'
    query: loadTextContent('../queries/workbook-parked.kql')
    visualization: 'table'
    width: '50'
  }
  {
    title: 'Put back, because a store or queue did not answer'
    query: loadTextContent('../queries/workbook-put-back.kql')
    visualization: 'table'
    width: '50'
  }
  {
    title: 'Warnings and errors'
    query: loadTextContent('../queries/workbook-errors.kql')
    visualization: 'table'
    width: '50'
  }
]

var timeRange = {
  type: 9
  name: 'parameters'
  content: {
    version: 'KqlParameterItem/1.0'
    style: 'pills'
    parameters: [
      {
        id: 'c1d7a1d2-6f1c-4b61-9d1c-0d6a4b1f6b52'
        version: 'KqlParameterItem/1.0'
        name: 'range'
        label: 'Time range'
        type: 4
        isRequired: true
        value: { durationMs: 86400000 }
        typeSettings: {
          selectableValues: [
            { durationMs: 3600000 }
            { durationMs: 86400000 }
            { durationMs: 604800000 }
            { durationMs: 2592000000 }
          ]
        }
      }
    ]
  }
}

var queries = [
  for (tile, index) in tiles: {
    type: 3
    name: 'tile-${index}'
    customWidth: tile.width
    content: {
      version: 'KqlItem/1.0'
      title: tile.title
      query: tile.query
      size: 0
      queryType: 0
      resourceType: 'microsoft.operationalinsights/workspaces'
      crossComponentResources: [workspaceId]
      timeContextFromParameter: 'range'
      visualization: tile.visualization
    }
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, displayName)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    sourceId: workspaceId
    serializedData: string({ version: 'Notebook/1.0', items: concat([timeRange], queries), isLocked: false })
  }
}
