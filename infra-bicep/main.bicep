// NAVI on Azure: everything in one resource group, from nothing. docs/DEPLOYMENT_AZURE.md goes through it.

targetScope = 'subscription'

import { Common, Contacts, Database, Model, Principal } from 'modules/types.bicep'

@description('dev, staging or production; part of every name.')
param environmentName 'dev' | 'production' | 'staging'
@description('Region of everything but models.')
param location string
@description('The organisation that NAVI works for, as its tasks and records name it.')
param organisation string
@description('The network: a /24 or larger that nothing else of yours uses.')
param addressSpace string = '10.60.0.0/24'

@description('What tokens for NAVI are for: NAVI\'s application (client) id in Entra ID.')
param audience string
@description('Client of people who sign in with a browser; empty: nobody does.')
param clientId string = ''
@description('Where callers reach NAVI; empty: the function app\'s own address.')
param publicUrl string = ''
@description('Who operates NAVI: PostgreSQL\'s and Grafana\'s administrators, best a group.')
param operators Principal

param database Database
@description('Models in the order in which NAVI tries them; two regions, so that one may fail.')
@minLength(1)
param models Model[]
@description('What keeps durable work: Azure Storage, or Durable Task Scheduler.')
param durableBackend 'azureStorage' | 'durableTaskScheduler' = 'azureStorage'
@description('Memory of an instance in MB.')
param memoryMb 512 | 2048 | 4096 = 2048
@description('Small public repository of the synthetic probe; empty: no probe.')
param probeRepository string = ''

param contacts Contacts
@description('Webhook that wakes somebody; empty: only the addresses of contacts.page.')
@secure()
param pageWebhook string = ''
@description('US dollars a day that models should cost at most; 0: no target.')
param dailyCostTargetUsd int = 0
@description('What the resource group should cost a month, in the subscription\'s currency.')
param monthlyBudget int
@description('First day of the month in which the budget begins.')
param budgetStart string
@description('Days that logs are kept.')
param logRetentionDays int = 90
@description('Important resources can\'t be deleted.')
param locks bool

var prefix = 'navi-${environmentName}'
// Lower case letters and digits, as storage accounts want them.
var hubName = 'navi${environmentName}'
var tags = { application: 'navi', environment: environmentName }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: '${prefix}-rg'
  location: location
  tags: tags
}

var common Common = {
  location: location
  prefix: prefix
  suffix: uniqueString(group.id)
  tags: tags
  identity: '${prefix}-app'
  locks: locks
}

module logs 'modules/logs.bicep' = {
  name: 'logs'
  scope: group
  params: { location: location, prefix: prefix, tags: tags, retentionDays: logRetentionDays }
}

module network 'modules/network.bicep' = {
  name: 'network'
  scope: group
  params: { location: location, prefix: prefix, tags: tags, addressSpace: addressSpace, logs: logs.outputs.id }
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: { location: location, name: common.identity, tags: tags }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    common: common
    logs: logs.outputs.id
    endpointSubnetId: network.outputs.endpointSubnetId
    zones: network.outputs.zones
    appPrincipalId: identity.outputs.principalId
  }
}

module scheduler 'modules/durable-task-scheduler.bicep' = if (durableBackend == 'durableTaskScheduler') {
  name: 'durable-task-scheduler'
  scope: group
  params: {
    common: common
    endpointSubnetId: network.outputs.endpointSubnetId
    zones: network.outputs.zones
    hubName: hubName
    appPrincipalId: identity.outputs.principalId
  }
}

module postgresql 'modules/postgresql.bicep' = {
  name: 'postgresql'
  scope: group
  params: {
    common: common
    logs: logs.outputs.id
    endpointSubnetId: network.outputs.endpointSubnetId
    zones: network.outputs.zones
    database: database
    administrator: operators
  }
}

module keyVault 'modules/key-vault.bicep' = {
  name: 'key-vault'
  scope: group
  params: {
    common: common
    logs: logs.outputs.id
    endpointSubnetId: network.outputs.endpointSubnetId
    zones: network.outputs.zones
    appPrincipalId: identity.outputs.principalId
  }
}

module openai 'modules/model.bicep' = [
  for model in models: {
    name: 'model-${model.name}'
    scope: group
    params: {
      common: common
      logs: logs.outputs.id
      endpointSubnetId: network.outputs.endpointSubnetId
      zones: network.outputs.zones
      model: model
      appPrincipalId: identity.outputs.principalId
    }
  }
]

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    common: common
    logs: logs.outputs.id
    endpointSubnetId: network.outputs.endpointSubnetId
    zones: network.outputs.zones
    appPrincipalId: identity.outputs.principalId
    operators: operators
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    prefix: prefix
    location: location
    tags: tags
    metricsId: monitoring.outputs.metricsId
    contacts: contacts
    pageWebhook: pageWebhook
    monthlyBudget: monthlyBudget
    budgetStart: budgetStart
  }
}

module functionApp 'modules/function-app.bicep' = {
  name: 'function-app'
  scope: group
  params: {
    common: common
    logs: logs.outputs.id
    endpointSubnetId: network.outputs.endpointSubnetId
    zones: network.outputs.zones
    appSubnetId: network.outputs.appSubnetId
    appIdentityId: identity.outputs.id
    appIdentityName: identity.outputs.name
    appClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.accountName
    packageContainerUrl: storage.outputs.packageContainerUrl
    durableBackend: durableBackend
    hubName: hubName
    schedulerEndpoint: scheduler.?outputs.endpoint ?? ''
    naviEnvironment: environmentName == 'production' ? 'Production' : 'Staging'
    organisation: organisation
    publicUrl: publicUrl
    audience: audience
    clientId: clientId
    databaseHost: postgresql.outputs.host
    databaseName: postgresql.outputs.databaseName
    pooledPort: postgresql.outputs.pooledPort
    poolSize: database.poolSize
    keyId: keyVault.outputs.keyUriWithVersion
    models: models
    modelEndpoints: [for i in range(0, length(models)): openai[i].outputs.endpoint]
    remoteWriteEndpoint: monitoring.outputs.remoteWriteEndpoint
    dailyCostTargetUsd: dailyCostTargetUsd
    probeRepository: probeRepository
    memoryMb: memoryMb
  }
}

output resourceGroupName string = group.name
output functionAppName string = functionApp.outputs.name
output functionAppHostName string = functionApp.outputs.hostName
output identityName string = identity.outputs.name
output databaseHost string = postgresql.outputs.host
output grafanaName string = monitoring.outputs.grafanaName
@description('The address by which everything leaves; for allow lists of others.')
output outboundAddress string = network.outputs.outboundAddress
