// Production: a standby in another zone, backups of 35 days in two regions, a replica, two regions of models, locks.
// What differs from one organisation to the next comes from the environment; a missing variable is an error.
using '../main.bicep'

param environmentName = 'production'
param location = 'swedencentral'
param organisation = readEnvironmentVariable('NAVI_ORGANISATION')
param audience = readEnvironmentVariable('NAVI_AUDIENCE')
param clientId = readEnvironmentVariable('NAVI_CLIENT_ID', '')
param publicUrl = readEnvironmentVariable('NAVI_PUBLIC_URL', '')
param operators = {
  objectId: readEnvironmentVariable('NAVI_OPERATORS_ID')
  name: readEnvironmentVariable('NAVI_OPERATORS_NAME')
  type: 'Group'
}
param addressSpace = '10.62.0.0/24'

param database = {
  sku: 'Standard_D4ds_v5'
  tier: 'GeneralPurpose'
  storageGb: 256
  zoneRedundant: true
  backupDays: 35
  geoRedundantBackup: true
  // 'keep' from the second deployment on.
  replica: 'create'
  poolSize: 50
}
param models = [
  { name: 'first', location: 'swedencentral', model: 'gpt-5.4', version: '2026-03-05', sku: 'GlobalStandard', capacity: 300, contextWindow: 270000 }
  { name: 'second', location: 'francecentral', model: 'gpt-5.4', version: '2026-03-05', sku: 'GlobalStandard', capacity: 300, contextWindow: 270000 }
]
param durableBackend = 'azureStorage'
param memoryMb = 4096

param contacts = {
  page: [readEnvironmentVariable('NAVI_PAGE_EMAIL')]
  ticket: [readEnvironmentVariable('NAVI_TICKET_EMAIL')]
}
param pageWebhook = readEnvironmentVariable('NAVI_PAGE_WEBHOOK', '')
param dailyCostTargetUsd = 200
param monthlyBudget = 10000
// The first day of the month of the first deployment; Azure takes no other day and no change.
param budgetStart = readEnvironmentVariable('NAVI_BUDGET_START')
param logRetentionDays = 180
param locks = true
