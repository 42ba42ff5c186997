// Private networking: storage and queues are reachable through private endpoints only. The bot's endpoint stays public:
// the Bot Connector calls it from outside, with a token.
import { existingZones } from 'types.bicep'

param name string
param location string
param tags object

param networkId string

@description('The subnet that the endpoints get their addresses from.')
param subnetId string

@description('Zones that exist already and are linked to the network; null: they are made here.')
param existingDnsZones existingZones?

param hostStorageId string
param dataStorageId string
param serviceBusId string

var endpoints = [
  { name: 'blob', target: hostStorageId, zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { name: 'table', target: dataStorageId, zone: 'privatelink.table.${environment().suffixes.storage}' }
  // The cloud has no suffix for Service Bus in environment().
  { name: 'namespace', target: serviceBusId, zone: 'privatelink.servicebus.windows.net' }
]

var existingIds = [existingDnsZones.?blob ?? '', existingDnsZones.?table ?? '', existingDnsZones.?serviceBus ?? '']

resource zones 'Microsoft.Network/privateDnsZones@2020-06-01' = [
  for each in endpoints: if (existingDnsZones == null) {
    name: each.zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [
  for (each, index) in endpoints: if (existingDnsZones == null) {
    parent: zones[index]
    name: name
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: networkId }
    }
  }
]

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2024-05-01' = [
  for each in endpoints: {
    name: '${name}-${each.name}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        {
          name: each.name
          properties: {
            #disable-next-line use-resource-id-functions // A parameter of this module, by way of the list above.
            privateLinkServiceId: each.target
            groupIds: [each.name]
          }
        }
      ]
    }
  }
]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [
  for (each, index) in endpoints: {
    parent: privateEndpoints[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: each.name, properties: { privateDnsZoneId: existingDnsZones == null ? zones[index].id : existingIds[index] } }
      ]
    }
  }
]
