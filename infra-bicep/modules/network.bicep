// One network: the function app's way out, the private endpoints, and the names of the private services.
// Nothing comes in from outside. What goes out, to repositories, to Entra ID and to other providers, leaves by one known address.

param location string
param prefix string
param tags object
@description('A /24 or larger.')
param addressSpace string
@description('Log Analytics workspace of the diagnostics.')
param logs string

var storageSuffix = environment().suffixes.storage
var zoneNames = [
  'privatelink.blob.${storageSuffix}'
  'privatelink.queue.${storageSuffix}'
  'privatelink.table.${storageSuffix}'
  'privatelink.postgres.database.azure.com'
  'privatelink.vaultcore.azure.net'
  'privatelink.openai.azure.com'
  'privatelink.azurewebsites.net'
  'privatelink.grafana.azure.com'
  'privatelink.monitor.azure.com'
  'privatelink.oms.opinsights.azure.com'
  'privatelink.ods.opinsights.azure.com'
  'privatelink.agentsvc.azure-automation.net'
  'privatelink.durabletask.io'
]

resource outAddress 'Microsoft.Network/publicIPAddresses@2026-03-01' = {
  name: '${prefix}-out-ip'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource out 'Microsoft.Network/natGateways@2026-03-01' = {
  name: '${prefix}-out'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: outAddress.id }], idleTimeoutInMinutes: 10 }
}

resource appRules 'Microsoft.Network/networkSecurityGroups@2026-03-01' = {
  name: '${prefix}-app-nsg'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'nothing-from-the-internet'
        properties: {
          priority: 4000
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource endpointRules 'Microsoft.Network/networkSecurityGroups@2026-03-01' = {
  name: '${prefix}-endpoints-nsg'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'https-postgresql-and-pgbouncer-from-the-network'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['443', '5432', '6432']
        }
      }
      {
        name: 'nothing-else'
        properties: {
          priority: 4000
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: '${prefix}-vnet'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressSpace] }
    subnets: [
      {
        // Flex Consumption takes addresses from the subnet as it scales.
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 26, 0)
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
          natGateway: { id: out.id }
          networkSecurityGroup: { id: appRules.id }
          defaultOutboundAccess: false
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 26, 1)
          networkSecurityGroup: { id: endpointRules.id }
          privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled'
          defaultOutboundAccess: false
        }
      }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for name in zoneNames: {
    name: name
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (name, i) in zoneNames: {
    parent: zones[i]
    name: '${prefix}-vnet'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]

#disable-next-line use-recent-api-versions
resource networkDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: network
  properties: {
    workspaceId: logs
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions
resource outAddressDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: outAddress
  properties: {
    workspaceId: logs
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions
resource appRulesDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: appRules
  properties: { workspaceId: logs, logs: [{ categoryGroup: 'allLogs', enabled: true }] }
}

#disable-next-line use-recent-api-versions
resource endpointRulesDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: endpointRules
  properties: { workspaceId: logs, logs: [{ categoryGroup: 'allLogs', enabled: true }] }
}

output appSubnetId string = network::app.id
output endpointSubnetId string = network::endpoints.id
@description('The address by which everything leaves; for allow lists of others.')
output outboundAddress string = outAddress.properties.ipAddress
output zones object = {
  blob: zones[0].id
  queue: zones[1].id
  table: zones[2].id
  postgres: zones[3].id
  vault: zones[4].id
  openai: zones[5].id
  sites: zones[6].id
  grafana: zones[7].id
  scheduler: zones[12].id
  monitor: [zones[8].id, zones[9].id, zones[10].id, zones[11].id, zones[0].id]
}
