// Who NAVI is: to storage, to the database, to Key Vault, to the models and to Azure Monitor. It has no password and no key.
// Its rights are given beside each resource, for that resource alone.

param location string
param name string
param tags object

resource app 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

output id string = app.id
@description('Also the name of its role in PostgreSQL.')
output name string = app.name
output clientId string = app.properties.clientId
output principalId string = app.properties.principalId
