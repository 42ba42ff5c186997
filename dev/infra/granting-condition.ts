import { builtInRoles } from '../../shared/manifest.ts';

/**
 * The condition of the role assignment by which an identity deploys: it may grant and take away the roles of the manifest, and
 * no other. https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples
 */
export function grantingCondition(): string {
  const ids = Object.values(builtInRoles).join(', ');
  return [clause('write', '@Request', ids), clause('delete', '@Resource', ids)].join(' AND ');
}

function clause(verb: 'write' | 'delete', of: '@Request' | '@Resource', ids: string): string {
  const attribute = `${of}[Microsoft.Authorization/roleAssignments:RoleDefinitionId]`;
  return `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})) OR (${attribute} ForAnyOfAnyValues:GuidEquals {${ids}}))`;
}
