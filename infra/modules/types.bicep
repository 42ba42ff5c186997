// Shapes that several modules share.

@export()
@description('Somebody who gets a role: object id in Entra ID, and what it is the id of.')
type principal = {
  id: string
  type: 'User' | 'Group' | 'ServicePrincipal'
}

@export()
@description('Who gets what the manifest grants to each kind of principal.')
type principals = {
  app: principal[]
  operators: principal[]
  publishers: principal[]
  outcomeReaders: principal[]
}

@export()
@description('One row of the manifest\'s roleGrants.')
type roleGrant = {
  to: string
  role: string
  roleId: string
  on: string
  queue: string
  option: string
  why: string
}
