// One of everything, for a developer: no standby, no replica, no locks.
// What differs from one organisation to the next comes from the environment; a missing variable is an error.
using '../main.bicep'

param environmentName = 'dev'
param location = 'swedencentral'
param organisation = readEnvironmentVariable('NAVI_ORGANISATION')
param audience = readEnvironmentVariable('NAVI_AUDIENCE')
param clientId = readEnvironmentVariable('NAVI_CLIENT_ID', '')
param operators = {
  objectId: readEnvironmentVariable('NAVI_OPERATORS_ID')
  name: readEnvironmentVariable('NAVI_OPERATORS_NAME')
  type: 'Group'
}
param addressSpace = '10.60.0.0/24'

param database = {
  sku: 'Standard_B2s'
  tier: 'Burstable'
  storageGb: 32
  zoneRedundant: false
  backupDays: 7
  geoRedundantBackup: false
  replica: 'none'
  poolSize: 10
}
param models = [
  { name: 'first', location: 'swedencentral', model: 'gpt-5.4', version: '2026-03-05', sku: 'GlobalStandard', capacity: 50, contextWindow: 270000 }
]

param contacts = {
  page: [readEnvironmentVariable('NAVI_PAGE_EMAIL')]
  ticket: [readEnvironmentVariable('NAVI_TICKET_EMAIL')]
}
param dailyCostTargetUsd = 10
param monthlyBudget = 500
// The first day of the month of the first deployment; Azure takes no other day and no change.
param budgetStart = readEnvironmentVariable('NAVI_BUDGET_START')
param logRetentionDays = 30
param locks = false
