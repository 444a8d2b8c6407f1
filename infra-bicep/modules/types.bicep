// Shapes of parameters that several modules share.

@export()
@description('A person, group or application of the tenant.')
type Principal = {
  @description('Object id in Entra ID.')
  objectId: string
  @description('Display name; PostgreSQL knows the administrator by it.')
  name: string
  type: 'Group' | 'ServicePrincipal' | 'User'
}

@export()
@description('The PostgreSQL server.')
type Database = {
  @description('Such as Standard_D4ds_v5.')
  sku: string
  @description('Burstable has neither PgBouncer nor zone redundancy nor replicas.')
  tier: 'Burstable' | 'GeneralPurpose' | 'MemoryOptimized'
  storageGb: int
  @description('A standby in another availability zone.')
  zoneRedundant: bool
  @description('Days that point-in-time restore reaches back, 7 to 35.')
  backupDays: int
  @description('Backups also in the paired region. Can be chosen only when the server is made.')
  geoRedundantBackup: bool
  @description('none; create when it does not exist yet; keep from then on, because a replica is made only once.')
  replica: 'none' | 'create' | 'keep'
  @description('Connections of each NAVI process.')
  poolSize: int
}

@export()
@description('One model in one region, in the order in which NAVI tries them.')
type Model = {
  @description('Name by which tasks and records call it.')
  name: string
  location: string
  @description('The provider\'s name, under which NAVI looks up its price.')
  model: string
  version: string
  sku: 'DataZoneStandard' | 'GlobalStandard' | 'Standard'
  @description('Thousands of tokens per minute.')
  capacity: int
  @description('Tokens that it can read in one call.')
  contextWindow: int
}

@export()
@description('Who is told of alerts and of costs.')
type Contacts = {
  @description('Addresses that are woken.')
  page: string[]
  @description('Addresses that get a message.')
  ticket: string[]
}

@export()
@description('What every resource is made with; all of it is known before the deployment, so that what-if can tell what it would do.')
type Common = {
  location: string
  @description('Beginning of every name.')
  prefix: string
  @description('Thirteen characters that make names of the whole world\'s unique.')
  suffix: string
  tags: object
  @description('Name of NAVI\'s identity.')
  identity: string
  @description('Important resources can\'t be deleted.')
  locks: bool
}
