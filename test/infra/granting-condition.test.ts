import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { grantingCondition } from '../../dev/infra/granting-condition.ts';
import { builtInRoles } from '../../shared/manifest.ts';

it('an identity that deploys may grant and take away the roles of the manifest, and no other', () => {
  const condition = grantingCondition();
  const sets = [...condition.matchAll(/GuidEquals \{([^}]*)\}/g)].map(([, ids]) => (ids ?? '').split(', '));
  const needed = Object.values(builtInRoles);
  expect(sets).toEqual([needed, needed]);
  expect(condition.replace(/\{[0-9a-f, -]+\}/g, '{}')).toBe(
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR " +
      '(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {})) AND ' +
      "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR " +
      '(@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {}))',
  );
});

it('the manifest has no more roles than its grants use', () => {
  const { roleGrants } = JSON.parse(readFileSync('infra/manifest.json', 'utf8')) as {
    roleGrants: readonly { readonly roleId: string }[];
  };
  expect(new Set(roleGrants.map(({ roleId }) => roleId))).toEqual(new Set(Object.values(builtInRoles)));
});
