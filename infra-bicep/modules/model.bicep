// One model in one region. NAVI signs in with its identity; there are no keys. A second region is a second such account: NAVI goes there when the first fails.

import { Common, Model } from 'types.bicep'
import { roleIds } from 'roles.bicep'

param common Common
@description('Log Analytics workspace of the diagnostics.')
param logs string
@description('Subnet of the private endpoints.')
param endpointSubnetId string
@description('Private DNS zones by service.')
param zones object
param model Model
param appPrincipalId string

// Unique in the world: it is the account's name in DNS.
var accountName = '${common.prefix}-${model.name}-${common.suffix}'

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: accountName
  location: model.location
  tags: common.tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    customSubDomainName: accountName
    disableLocalAuth: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny' }
  }

  resource deployment 'deployments' = {
    name: model.model
    sku: { name: model.sku, capacity: model.capacity }
    properties: {
      model: { format: 'OpenAI', name: model.model, version: model.version }
      versionUpgradeOption: 'NoAutoUpgrade'
    }
  }
}

module endpoint 'private-endpoint.bicep' = {
  name: '${model.name}-endpoint'
  params: {
    name: '${common.prefix}-${model.name}-pe'
    // Beside the network, wherever the model is.
    location: common.location
    tags: common.tags
    subnetId: endpointSubnetId
    serviceId: account.id
    groupId: 'account'
    zoneIds: [zones.openai]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, common.identity, roleIds.cognitiveServicesOpenAiUser)
  scope: account
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.cognitiveServicesOpenAiUser)
  }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: account
  properties: {
    workspaceId: logs
    // Not what is asked and answered: Azure's own logs of requests and of who changes the account.
    logs: [{ category: 'Audit', enabled: true }, { category: 'RequestResponse', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output endpoint string = 'https://${accountName}.openai.azure.com'
