// The bot of prod and its identity: the resource group notifier-prod-identity. appHost comes from the command line.
using 'identity.bicep'

param name = 'notifier-prod'
param tags = { service: 'notifier', environment: 'prod' }
param sku = 'S1'
