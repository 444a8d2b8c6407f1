// Ids of Azure's built-in roles; the narrowest that suffices for each use.

@export()
var roleIds = {
  // The Functions host and Durable Functions on Azure Storage.
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  durableTaskDataContributor: '0ad04412-c4d5-4796-b79c-f76d14c8d402'
  // Reads a key's public part, wraps and unwraps; can't make, export or delete keys.
  keyVaultCryptoServiceEncryptionUser: 'e147488a-f6f5-4113-8e2d-b22465e65bf6'
  // Calls models; can't see keys or change deployments.
  cognitiveServicesOpenAiUser: '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  monitoringDataReader: 'b0d8363b-8ddd-447d-831f-62ca05bff136'
  grafanaAdmin: '22926164-76b3-42b3-bc55-97df8dab3e41'
}
