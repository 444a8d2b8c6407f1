// As production, smaller: what is tried here must be what production does.
// What differs from one organisation to the next comes from the environment; a missing variable is an error.
using '../main.bicep'

param environmentName = 'staging'
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
param addressSpace = '10.61.0.0/24'

param database = {
  sku: 'Standard_D2ds_v5'
  tier: 'GeneralPurpose'
  storageGb: 128
  zoneRedundant: false
  backupDays: 14
  geoRedundantBackup: false
  replica: 'none'
  poolSize: 20
}
param models = [
  { name: 'first', location: 'swedencentral', model: 'gpt-5.4', version: '2026-03-05', sku: 'GlobalStandard', capacity: 100, contextWindow: 270000 }
  { name: 'second', location: 'francecentral', model: 'gpt-5.4', version: '2026-03-05', sku: 'GlobalStandard', capacity: 100, contextWindow: 270000 }
]
param durableBackend = 'durableTaskScheduler'

param contacts = {
  page: [readEnvironmentVariable('NAVI_PAGE_EMAIL')]
  ticket: [readEnvironmentVariable('NAVI_TICKET_EMAIL')]
}
param pageWebhook = readEnvironmentVariable('NAVI_PAGE_WEBHOOK', '')
param dailyCostTargetUsd = 50
param monthlyBudget = 2500
// The first day of the month of the first deployment; Azure takes no other day and no change.
param budgetStart = readEnvironmentVariable('NAVI_BUDGET_START')
param logRetentionDays = 60
param locks = false
