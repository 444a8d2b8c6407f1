// The function app's own storage: its package, the host's leases and, where Azure Storage is the durable backend, the task hub.
// Nobody has a key of it.

import { Common } from 'types.bicep'
import { roleIds } from 'roles.bicep'

param common Common
@description('Log Analytics workspace of the diagnostics.')
param logs string
@description('Subnet of the private endpoints.')
param endpointSubnetId string
@description('Private DNS zones by service.')
param zones object
param appPrincipalId string

var packageContainer = 'packages'
var services = ['blob', 'queue', 'table']
// Unique in the world, without hyphens, at most 24 characters.
var accountName = 'navi${common.suffix}'
var rights = [roleIds.storageBlobDataOwner, roleIds.storageQueueDataContributor, roleIds.storageTableDataContributor]

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: accountName
  location: common.location
  tags: common.tags
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 14 }
      containerDeleteRetentionPolicy: { enabled: true, days: 14 }
    }

    resource packages 'containers' = {
      name: packageContainer
      properties: { publicAccess: 'None' }
    }
  }

  resource queues 'queueServices' = { name: 'default' }

  resource tables 'tableServices' = { name: 'default' }
}

module endpoints 'private-endpoint.bicep' = [
  for service in services: {
    name: 'storage-${service}-endpoint'
    params: {
      name: '${common.prefix}-${service}-pe'
      location: common.location
      tags: common.tags
      subnetId: endpointSubnetId
      serviceId: account.id
      groupId: service
      zoneIds: [zones[service]]
    }
  }
]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in rights: {
    name: guid(account.id, common.identity, role)
    scope: account
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (common.locks) {
  name: 'keep'
  scope: account
  properties: { level: 'CanNotDelete', notes: 'The durable task hub and the packages of NAVI.' }
}

#disable-next-line use-recent-api-versions
resource accountDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: account
  properties: { workspaceId: logs, metrics: [{ category: 'Transaction', enabled: true }] }
}

#disable-next-line use-recent-api-versions
resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: account::blobs
  properties: {
    workspaceId: logs
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions
resource queueDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: account::queues
  properties: {
    workspaceId: logs
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions
resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: account::tables
  properties: {
    workspaceId: logs
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

output accountName string = account.name
output packageContainerUrl string = '${account.properties.primaryEndpoints.blob}${packageContainer}'
