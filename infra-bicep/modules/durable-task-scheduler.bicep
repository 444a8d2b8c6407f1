// The durable backend where it is not Azure Storage. It has a private address alone, and knows no keys: only NAVI's identity may use it.

import { Common } from 'types.bicep'
import { roleIds } from 'roles.bicep'

param common Common
@description('Subnet of the private endpoints.')
param endpointSubnetId string
@description('Private DNS zones by service.')
param zones object
param hubName string
param appPrincipalId string

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: '${common.prefix}-durable'
  location: common.location
  tags: common.tags
  properties: {
    sku: { name: 'Consumption' }
    publicNetworkAccess: 'Disabled'
    ipAllowlist: []
  }

  resource hub 'taskHubs' = {
    name: hubName
    properties: {}
  }
}

module endpoint 'private-endpoint.bicep' = {
  name: 'scheduler-endpoint'
  params: {
    name: '${common.prefix}-durable-pe'
    location: common.location
    tags: common.tags
    subnetId: endpointSubnetId
    serviceId: scheduler.id
    groupId: 'scheduler'
    zoneIds: [zones.scheduler]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(scheduler::hub.id, common.identity, roleIds.durableTaskDataContributor)
  scope: scheduler::hub
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.durableTaskDataContributor)
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (common.locks) {
  name: 'keep'
  scope: scheduler
  properties: { level: 'CanNotDelete', notes: 'The task hub of NAVI.' }
}

output endpoint string = scheduler.properties.endpoint
