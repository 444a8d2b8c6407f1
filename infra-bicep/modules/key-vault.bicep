// The key that wraps NAVI's data keys. It is made inside an HSM and never leaves it; every year Key Vault makes a new version by itself. Old versions go on unwrapping.
// NAVI wraps with the version that the last deployment saw: deploy once after each rotation.

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

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  // At most 24 characters, unique in the world.
  name: 'navi-${common.suffix}'
  location: common.location
  tags: common.tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'premium' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }

  resource wrapping 'keys' = {
    name: 'navi-wrapping'
    properties: {
      kty: 'RSA-HSM'
      keySize: 3072
      keyOps: ['wrapKey', 'unwrapKey']
      attributes: { enabled: true, exportable: false }
      rotationPolicy: {
        attributes: { expiryTime: 'P2Y' }
        lifetimeActions: [
          { trigger: { timeAfterCreate: 'P1Y' }, action: { type: 'rotate' } }
          { trigger: { timeBeforeExpiry: 'P60D' }, action: { type: 'notify' } }
        ]
      }
    }
  }
}

module endpoint 'private-endpoint.bicep' = {
  name: 'vault-endpoint'
  params: {
    name: '${common.prefix}-vault-pe'
    location: common.location
    tags: common.tags
    subnetId: endpointSubnetId
    serviceId: vault.id
    groupId: 'vault'
    zoneIds: [zones.vault]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault::wrapping.id, common.identity, roleIds.keyVaultCryptoServiceEncryptionUser)
  scope: vault::wrapping
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.keyVaultCryptoServiceEncryptionUser)
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (common.locks) {
  name: 'keep'
  scope: vault
  properties: { level: 'CanNotDelete', notes: 'Without this vault nothing that NAVI has encrypted can be read.' }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'navi'
  scope: vault
  properties: {
    workspaceId: logs
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Address of the key\'s newest version.')
output keyUriWithVersion string = vault::wrapping.properties.keyUriWithVersion
