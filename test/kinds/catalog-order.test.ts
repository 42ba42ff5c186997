import { expect, it } from 'vitest';
import { catalogOf } from '../../shared/kinds/catalog.ts';

it('kinds come in one order, whoever loads the module that names them', () => {
  const kinds = ['b', 'a', 'c'].map((name) => ({ name, tables: [name] }));
  const { tableNames } = catalogOf(kinds);
  expect(tableNames.slice(-3)).toEqual(['a', 'b', 'c']);
  expect(catalogOf(kinds.toReversed()).tableNames).toEqual(tableNames);
});
