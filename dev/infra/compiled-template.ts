import { z } from 'zod';
import { isForbiddenOnFlex } from './flex-consumption.ts';

const template = z.looseObject({
  parameters: z.record(z.string(), z.looseObject({ type: z.string().optional() })).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
});
const nested = z.looseObject({
  type: z.literal('Microsoft.Resources/deployments'),
  name: z.string(),
  condition: z.unknown().optional(),
  scope: z.unknown().optional(),
  resourceGroup: z.unknown().optional(),
  properties: z.looseObject({ template: z.unknown(), parameters: z.unknown().optional() }),
});

/** Nested deployments that `what-if` looks into; it skips the others (`NestedDeploymentSkippedFromInternalExpansion`). */
const MOST_NESTED = 10;

/** What is known only when a resource is there. A plan cannot see into a module that is given such a thing. */
const KNOWN_AFTERWARDS = /\b(reference|list[A-Z]\w*)\(/;

/** Functions of Azure Resource Manager that give keys: `listKeys(...)`, `listConnectionStrings(...)`. */
const GIVES_KEYS = /\blist[A-Z]\w*\(/;
const SECRET_NAME = /password|secret|accountkey|connectionstring/i;

/** What must not be in the ARM template that Bicep made of `file`: one line a fault. Throws for what is no template. */
export function compiledFaults(json: string, file = 'main.bicep'): readonly string[] {
  const main = template.parse(JSON.parse(json));
  const faults: string[] = [];
  if (GIVES_KEYS.test(json)) faults.push(`${file}: a template asks for a key (list...()): use an identity`);
  for (const name of [...Object.keys(main.parameters ?? {}), ...Object.keys(main.outputs ?? {})]) {
    if (SECRET_NAME.test(name))
      faults.push(`${file}: "${name}" is named like a secret; nothing here has one`);
  }
  const nestedTemplates = [...templatesIn(main, 'main')].length - 1;
  // azd plans nothing that anybody waits for.
  if (nestedTemplates > MOST_NESTED && !file.startsWith('azd/')) {
    faults.push(
      `${file}: ${nestedTemplates} nested deployments; a plan shows what is in ${MOST_NESTED} at most`,
    );
  }
  for (const [module, found] of templatesIn(main, 'main')) {
    faults.push(...unplannableModules(module, found));
    for (const [name, parameter] of Object.entries(found.parameters ?? {})) {
      if (/^secure/i.test(parameter.type ?? '')) faults.push(`${module}: parameter "${name}" is a secret`);
    }
    for (const name of settingNames(found.variables?.settings)) {
      if (isForbiddenOnFlex(name)) faults.push(`${module}: Flex Consumption forbids the app setting ${name}`);
    }
  }
  return faults;
}

type Template = z.infer<typeof template>;

/** Modules that `what-if` leaves out of a plan (`NestedDeploymentShortCircuited`). */
function unplannableModules(inside: string, of: Template): readonly string[] {
  return modulesOf(of)
    .filter(({ name, condition, scope, resourceGroup, properties }) =>
      KNOWN_AFTERWARDS.test(JSON.stringify([name, condition, scope, resourceGroup, properties.parameters])),
    )
    .map(
      ({ name }) =>
        `${inside}: module ${name} takes what only a deployment knows: no plan shows what is in it`,
    );
}

function modulesOf(of: Template): readonly z.infer<typeof nested>[] {
  const resources = of.resources;
  const list = resources !== null && typeof resources === 'object' ? Object.values(resources) : [];
  return list.flatMap((resource) => {
    const module = nested.safeParse(resource);
    return module.success ? [module.data] : [];
  });
}

function* templatesIn(of: Template, name: string): Generator<readonly [string, Template]> {
  yield [name, of];
  for (const module of modulesOf(of)) {
    yield* templatesIn(template.parse(module.properties.template), module.name);
  }
}

/** The names in an object of settings; where they come from a function's arguments, those that are written there. */
function settingNames(settings: unknown): readonly string[] {
  if (typeof settings === 'string')
    return [...settings.matchAll(/'([A-Za-z_]\w+)'/g)].map(([, name]) => name ?? '');
  return settings !== null && typeof settings === 'object' ? Object.keys(settings) : [];
}
