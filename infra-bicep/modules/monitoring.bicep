// What is seen of NAVI: traces and logs in Application Insights, metrics in the Azure Monitor workspace, both in Grafana.
// Nothing scrapes a function app, so NAVI pushes its metrics by remote write to the data collection rule below. All of it comes through the private link scope.
// Dashboards are no Azure resource: docs/DEPLOYMENT_AZURE.md loads them with az grafana dashboard create.

import { Common, Principal } from 'types.bicep'
import { roleIds } from 'roles.bicep'

param common Common
@description('Log Analytics workspace of the diagnostics.')
param logs string
@description('Subnet of the private endpoints.')
param endpointSubnetId string
@description('Private DNS zones by service.')
param zones object
param appPrincipalId string
param operators Principal

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${common.prefix}-insights'
  location: common.location
  tags: common.tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs
    DisableLocalAuth: true
    publicNetworkAccessForIngestion: 'Disabled'
    publicNetworkAccessForQuery: 'Disabled'
  }
}

resource metrics 'Microsoft.Monitor/accounts@2025-10-03' = {
  name: '${common.prefix}-metrics'
  location: common.location
  tags: common.tags
  properties: { publicNetworkAccess: 'Disabled' }
}

resource ingestion 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: '${common.prefix}-ingestion'
  location: common.location
  tags: common.tags
  kind: 'Linux'
  properties: { networkAcls: { publicNetworkAccess: 'Disabled' } }
}

resource rule 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: '${common.prefix}-prometheus'
  location: common.location
  tags: common.tags
  kind: 'Linux'
  properties: {
    dataCollectionEndpointId: ingestion.id
    dataSources: {
      prometheusForwarder: [{ name: 'navi', streams: ['Microsoft-PrometheusMetrics'] }]
    }
    destinations: {
      monitoringAccounts: [{ name: 'metrics', accountResourceId: metrics.id }]
    }
    dataFlows: [{ streams: ['Microsoft-PrometheusMetrics'], destinations: ['metrics'] }]
  }
}

resource links 'Microsoft.Insights/privateLinkScopes@2021-09-01' = {
  name: '${common.prefix}-monitor-links'
  location: 'global'
  tags: common.tags
  properties: {
    accessModeSettings: { ingestionAccessMode: 'PrivateOnly', queryAccessMode: 'PrivateOnly' }
  }

  resource logsLink 'scopedResources' = {
    name: 'logs'
    properties: { linkedResourceId: logs }
  }

  resource insightsLink 'scopedResources' = {
    name: 'insights'
    properties: { linkedResourceId: insights.id }
  }

  resource ingestionLink 'scopedResources' = {
    name: 'ingestion'
    properties: { linkedResourceId: ingestion.id }
  }
}

module monitorEndpoint 'private-endpoint.bicep' = {
  name: 'monitor-endpoint'
  params: {
    name: '${common.prefix}-monitor-pe'
    location: common.location
    tags: common.tags
    subnetId: endpointSubnetId
    serviceId: links.id
    groupId: 'azuremonitor'
    zoneIds: zones.monitor
  }
}

resource grafana 'Microsoft.Dashboard/grafana@2025-08-01' = {
  // At most 23 characters.
  name: 'navi-${common.suffix}'
  location: common.location
  tags: common.tags
  sku: { name: 'Standard' }
  identity: { type: 'SystemAssigned' }
  properties: {
    apiKey: 'Disabled'
    publicNetworkAccess: 'Disabled'
    zoneRedundancy: 'Enabled'
    grafanaIntegrations: {
      azureMonitorWorkspaceIntegrations: [{ azureMonitorWorkspaceResourceId: metrics.id }]
    }
  }

  // Grafana's own way to the metrics; somebody approves it once, docs/DEPLOYMENT_AZURE.md says how.
  resource way 'managedPrivateEndpoints' = {
    name: 'metrics'
    location: common.location
    properties: {
      privateLinkResourceId: metrics.id
      privateLinkResourceRegion: common.location
      groupIds: ['prometheusMetrics']
      requestMessage: 'Grafana of NAVI'
    }
  }
}

module grafanaEndpoint 'private-endpoint.bicep' = {
  name: 'grafana-endpoint'
  params: {
    name: '${common.prefix}-grafana-pe'
    location: common.location
    tags: common.tags
    subnetId: endpointSubnetId
    serviceId: grafana.id
    groupId: 'grafana'
    zoneIds: [zones.grafana]
  }
}

resource publishMetrics 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(rule.id, common.identity, roleIds.monitoringMetricsPublisher)
  scope: rule
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.monitoringMetricsPublisher)
  }
}

resource publishTraces 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, common.identity, roleIds.monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.monitoringMetricsPublisher)
  }
}

resource readMetrics 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(metrics.id, grafana.id, roleIds.monitoringDataReader)
  scope: metrics
  properties: {
    principalId: grafana.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.monitoringDataReader)
  }
}

resource operate 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(grafana.id, operators.objectId, roleIds.grafanaAdmin)
  scope: grafana
  properties: {
    principalId: operators.objectId
    principalType: operators.type
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.grafanaAdmin)
  }
}

#disable-next-line use-recent-api-versions
resource insightsDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: insights
  properties: { workspaceId: logs, metrics: [{ category: 'AllMetrics', enabled: true }] }
}

#disable-next-line use-recent-api-versions
resource grafanaDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: grafana
  properties: {
    workspaceId: logs
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output metricsId string = metrics.id
output remoteWriteEndpoint string = '${ingestion.properties.metricsIngestion.endpoint}/dataCollectionRules/${rule.properties.immutableId}/streams/Microsoft-PrometheusMetrics/api/v1/write?api-version=2023-04-24'
output grafanaName string = grafana.name
