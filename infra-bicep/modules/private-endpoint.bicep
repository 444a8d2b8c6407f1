// The private address of one service inside the network, and the names that lead to it.

param name string
param location string
param tags object
param subnetId string
param serviceId string
@description('Part of the service, such as blob.')
param groupId string
param zoneIds string[]

resource endpoint 'Microsoft.Network/privateEndpoints@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    customNetworkInterfaceName: '${name}-nic'
    privateLinkServiceConnections: [
      {
        name: groupId
        properties: { privateLinkServiceId: serviceId, groupIds: [groupId] }
      }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        for (zoneId, i) in zoneIds: { name: 'zone-${i}', properties: { privateDnsZoneId: zoneId } }
      ]
    }
  }
}
