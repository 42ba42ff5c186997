// The bot of dev and its identity: the resource group notifier-dev-identity. appHost comes from the command line.
using 'identity.bicep'

param name = 'notifier-dev'
