// The durable backend where it is not Azure Storage. Only NAVI's outbound address may reach it, and only NAVI's identity may use it: the service knows no keys.

import { Common } from 'types.bicep'
import { roleIds } from 'roles.bicep'

param common Common
param hubName string
param outboundAddress string
param appPrincipalId string

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: '${common.prefix}-durable'
  location: common.location
  tags: common.tags
  properties: {
    sku: { name: 'Consumption' }
    ipAllowlist: ['${outboundAddress}/32']
  }

  resource hub 'taskHubs' = {
    name: hubName
    properties: {}
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(scheduler::hub.id, appPrincipalId, roleIds.durableTaskDataContributor)
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
