// NAVI's database. People and NAVI sign in with Entra ID alone; there is no password. It has no public address.
// Version 15 is the one that NAVI's tests run on.
//
// A replica is made once: 'create' makes it, 'keep' leaves it as it is. It has no standby of its own. Analytics read from it, and it takes over when the primary's region is lost:
// the virtual endpoint PREFIX-db.reader.postgres.database.azure.com follows it, PREFIX-db.writer... follows whichever server writes.

import { Common, Database, Principal } from 'types.bicep'

param common Common
@description('Log Analytics workspace of the diagnostics.')
param logs string
@description('Subnet of the private endpoints.')
param endpointSubnetId string
@description('Private DNS zones by service.')
param zones object
param database Database
param administrator Principal

var version = '15'
var databaseName = 'navi'
var hasPooler = database.tier != 'Burstable'
var hasReplica = database.replica != 'none'

var tuned = [
  // Only TLS, and only what is not broken.
  { name: 'require_secure_transport', value: 'on' }
  { name: 'ssl_min_protocol_version', value: 'TLSv1.2' }
  // The slow-query log: statements of a second or more, waits for locks, sorts that spill to disk (kB).
  { name: 'log_min_duration_statement', value: '1000' }
  { name: 'log_lock_waits', value: 'on' }
  { name: 'log_temp_files', value: '10240' }
  { name: 'track_io_timing', value: 'on' }
  { name: 'pg_qs.query_capture_mode', value: 'top' }
  { name: 'metrics.collector_database_activity', value: 'on' }
  // A transaction that nobody continues holds locks and keeps dead rows: after five minutes it ends.
  { name: 'idle_in_transaction_session_timeout', value: '300000' }
  // Queues and totals change the same rows all day: vacuum and statistics sooner than at a fifth of a table.
  { name: 'autovacuum_vacuum_scale_factor', value: '0.05' }
  { name: 'autovacuum_analyze_scale_factor', value: '0.02' }
  // The disk is an SSD.
  { name: 'random_page_cost', value: '1.1' }
]
var pooled = [
  { name: 'pgbouncer.enabled', value: 'true' }
  { name: 'pgbouncer.pool_mode', value: 'transaction' }
  { name: 'pgbouncer.default_pool_size', value: string(database.poolSize) }
  { name: 'pgbouncer.max_client_conn', value: '2000' }
]
var parameters = concat(tuned, hasPooler ? pooled : [])

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
  name: '${common.prefix}-db-${common.suffix}'
  location: common.location
  tags: common.tags
  sku: { name: database.sku, tier: database.tier }
  properties: {
    version: version
    createMode: 'Default'
    authConfig: { activeDirectoryAuth: 'Enabled', passwordAuth: 'Disabled', tenantId: tenant().tenantId }
    storage: { storageSizeGB: database.storageGb, autoGrow: 'Enabled' }
    backup: {
      backupRetentionDays: database.backupDays
      geoRedundantBackup: database.geoRedundantBackup ? 'Enabled' : 'Disabled'
    }
    highAvailability: { mode: database.zoneRedundant ? 'ZoneRedundant' : 'Disabled' }
    network: { publicNetworkAccess: 'Disabled' }
  }

  resource administrators 'administrators' = {
    name: administrator.objectId
    properties: { principalName: administrator.name, principalType: administrator.type, tenantId: tenant().tenantId }
    dependsOn: [settings]
  }

  resource data 'databases' = {
    name: databaseName
    properties: { charset: 'UTF8', collation: 'en_US.utf8' }
    dependsOn: [administrators]
  }
}

// One after the other: the server takes one change at a time.
@batchSize(1)
resource settings 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = [
  for parameter in parameters: {
    parent: server
    name: parameter.name
    properties: { value: parameter.value, source: 'user-override' }
  }
]

resource replica 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = if (hasReplica) {
  name: '${common.prefix}-db2-${common.suffix}'
  location: common.location
  tags: common.tags
  sku: { name: database.sku, tier: database.tier }
  properties: {
    createMode: database.replica == 'create' ? 'Replica' : 'Update'
    sourceServerResourceId: database.replica == 'create' ? server.id : null
    authConfig: { activeDirectoryAuth: 'Enabled', passwordAuth: 'Disabled', tenantId: tenant().tenantId }
    storage: { storageSizeGB: database.storageGb, autoGrow: 'Enabled' }
    highAvailability: { mode: 'Disabled' }
    network: { publicNetworkAccess: 'Disabled' }
  }
  dependsOn: [server::data]
}

resource virtualEndpoint 'Microsoft.DBforPostgreSQL/flexibleServers/virtualEndpoints@2025-08-01' = if (hasReplica) {
  parent: server
  name: '${common.prefix}-db'
  properties: { endpointType: 'ReadWrite', members: [replica.name] }
}

module endpoint 'private-endpoint.bicep' = {
  name: 'database-endpoint'
  params: {
    name: '${common.prefix}-db-pe'
    location: common.location
    tags: common.tags
    subnetId: endpointSubnetId
    serviceId: server.id
    groupId: 'postgresqlServer'
    zoneIds: [zones.postgres]
  }
}

module replicaEndpoint 'private-endpoint.bicep' = if (hasReplica) {
  name: 'database-replica-endpoint'
  params: {
    name: '${common.prefix}-db2-pe'
    location: common.location
    tags: common.tags
    subnetId: endpointSubnetId
    serviceId: replica.id
    groupId: 'postgresqlServer'
    zoneIds: [zones.postgres]
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (common.locks) {
  name: 'keep'
  scope: server
  properties: { level: 'CanNotDelete', notes: 'Everything that NAVI knows.' }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: server
  properties: {
    workspaceId: logs
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions
resource replicaDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (hasReplica) {
  name: 'navi'
  scope: replica
  properties: {
    workspaceId: logs
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output host string = server.properties.fullyQualifiedDomainName
output databaseName string = databaseName
@description('PgBouncer\'s port, or PostgreSQL\'s own where the tier has no PgBouncer.')
output pooledPort int = hasPooler ? 6432 : 5432
