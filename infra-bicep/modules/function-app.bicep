// NAVI's AzureFunctions build on Flex Consumption: no key, no public address, always one instance ready for requests and one for durable work.
//
// Workspaces. Flex Consumption runs HTTP functions and durable functions in instances of their own, and instances share no disk: it mounts no NFS share, and an SMB share only with the storage
// account's key, which nothing here has. A store of workspaces in Blob storage does not exist yet. So there is one durable instance (maximumInstanceCount 1 holds for each group), which holds the
// workspaces of all tasks on its local disk, and this is what it costs: forks, and diffs that nobody has reviewed yet, are not to be had, because HTTP functions read them from the workspace; and when
// Azure replaces the durable instance, tasks that are not finished fail with a sentence that says that their workspace is gone. Commands are refused as well: instances have no bubblewrap, and a
// sandbox of its own does not exist yet. Work that needs them runs on the portable runtime with a shared volume.

import { Common, Model } from 'types.bicep'

param common Common
@description('Log Analytics workspace of the diagnostics.')
param logs string
@description('Subnet of the private endpoints.')
param endpointSubnetId string
@description('Private DNS zones by service.')
param zones object
param appSubnetId string
param appIdentityId string
param appIdentityName string
param appClientId string
param storageAccountName string
param packageContainerUrl string
@description('Azure Storage or Durable Task Scheduler.')
param durableBackend 'azureStorage' | 'durableTaskScheduler'
param hubName string
@description('The scheduler\'s address; empty with Azure Storage.')
param schedulerEndpoint string
@description('Staging or Production: what NAVI demands of its settings.')
param naviEnvironment 'Production' | 'Staging'
param organisation string
@description('Where callers reach NAVI; empty: the function app\'s own address.')
param publicUrl string
@description('What tokens for NAVI are for: NAVI\'s application (client) id in Entra ID.')
param audience string
@description('Client of people who sign in with a browser; empty: nobody does.')
param clientId string
param databaseHost string
param databaseName string
param pooledPort int
param poolSize int
@description('Key Vault key that wraps, with its version.')
param keyId string
param models Model[]
@description('Address of each model\'s account, in the order of models.')
param modelEndpoints string[]
param remoteWriteEndpoint string
@description('US dollars a day; 0: no target.')
param dailyCostTargetUsd int
@description('Small public repository of the synthetic probe; empty: no probe.')
param probeRepository string
@description('Memory of an instance in MB.')
param memoryMb 512 | 2048 | 4096

var home = '/tmp/navi'
var name = '${common.prefix}-app-${common.suffix}'
// The server's certificate is checked against the name, and the identity's token takes the place of a password.
var connection = 'Host=${databaseHost};Database=${databaseName};Username=${appIdentityName};SSL Mode=VerifyFull'

// Its name is known before the deployment, which a name from another module's output would not be.
resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: '${common.prefix}-insights' }

// The Functions host's own settings. Version and runtime are in functionAppConfig: Flex Consumption refuses FUNCTIONS_* and WEBSITE_* settings.
var hostSettings = {
  AZURE_CLIENT_ID: appClientId
  AzureWebJobsDisableHomepage: 'true'
  AzureWebJobsStorage__accountName: storageAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: appClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${appClientId};Authorization=AAD'
  AzureFunctionsJobHost__extensions__durableTask__hubName: hubName
}

var schedulerSettings = durableBackend == 'durableTaskScheduler'
  ? {
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${appClientId}'
    }
  : {}

var naviSettings = {
  Navi__Environment: naviEnvironment
  Navi__Home: home
  Navi__Workspace__Root: '${home}/workspaces'
  Navi__Database__ConnectionString: '${connection};Port=${pooledPort}'
  Navi__Database__DirectConnectionString: '${connection};Port=5432'
  Navi__Database__Authentication: 'Entra'
  Navi__Database__PoolSize: string(poolSize)
  Navi__Encryption__KeyId: keyId
  Navi__Identity__Issuers__0__Authority: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
  Navi__Identity__Issuers__0__Audience: audience
  Navi__Identity__Issuers__0__Organisation: organisation
  Navi__Identity__Issuers__0__UserClaim: 'oid'
  Navi__Issuer__PublicUrl: empty(publicUrl) ? 'https://${name}.azurewebsites.net' : publicUrl
  Navi__Telemetry__Organisation: organisation
  Navi__Telemetry__DailyCostTargetUsd: string(dailyCostTargetUsd)
  Navi__Telemetry__Export__AzureMonitorConnectionString: insights.properties.ConnectionString
  Navi__Telemetry__Export__AzureMonitorIdentity: 'entra'
  Navi__Telemetry__RemoteWrite__Endpoint: remoteWriteEndpoint
}

var signInSettings = empty(clientId) ? {} : { Navi__Identity__Issuers__0__ClientId: clientId }
var probeSettings = empty(probeRepository) ? {} : { Navi__Probe__Repository: probeRepository }

var modelSettings = reduce(
  map(range(0, length(models)), i => {
    'Navi__Models__Entries__${i}__Name': models[i].name
    'Navi__Models__Entries__${i}__Kind': 'azure_openai'
    'Navi__Models__Entries__${i}__Endpoint': modelEndpoints[i]
    'Navi__Models__Entries__${i}__Model': models[i].model
    'Navi__Models__Entries__${i}__ContextWindow': string(models[i].contextWindow)
  }),
  {},
  (all, one) => union(all, one)
)

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: '${common.prefix}-plan'
  location: common.location
  tags: common.tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: common.location
  tags: common.tags
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${appIdentityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Disabled'
    virtualNetworkSubnetId: appSubnetId
    keyVaultReferenceIdentity: appIdentityId
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: appIdentityId }
        }
      }
      scaleAndConcurrency: {
        // See above: the workspaces are on one instance's disk.
        maximumInstanceCount: 1
        instanceMemoryMB: memoryMb
        alwaysReady: [
          { name: 'http', instanceCount: 1 }
          { name: 'durable', instanceCount: 1 }
        ]
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(hostSettings, schedulerSettings, naviSettings, signInSettings, probeSettings, modelSettings)
  }

  // Nobody publishes with a password.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

module endpoint 'private-endpoint.bicep' = {
  name: 'app-endpoint'
  params: {
    name: '${common.prefix}-app-pe'
    location: common.location
    tags: common.tags
    subnetId: endpointSubnetId
    serviceId: app.id
    groupId: 'sites'
    zoneIds: [zones.sites]
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (common.locks) {
  name: 'keep'
  scope: app
  properties: { level: 'CanNotDelete', notes: 'NAVI.' }
}

#disable-next-line use-recent-api-versions
resource planDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: plan
  properties: { workspaceId: logs, metrics: [{ category: 'AllMetrics', enabled: true }] }
}

#disable-next-line use-recent-api-versions
resource appDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: app
  properties: {
    workspaceId: logs
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output name string = app.name
output hostName string = app.properties.defaultHostName
