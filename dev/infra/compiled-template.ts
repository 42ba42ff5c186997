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
  properties: z.looseObject({ template: z.unknown() }),
});

/** Functions of Azure Resource Manager that give keys: `listKeys(...)`, `listConnectionStrings(...)`. */
const GIVES_KEYS = /\blist[A-Z]\w*\(/;
const SECRET_NAME = /password|secret|accountkey|connectionstring/i;

/** What must not be in the ARM template that Bicep made of `main.bicep`: one line a fault. Throws for what is no template. */
export function compiledFaults(json: string): readonly string[] {
  const main = template.parse(JSON.parse(json));
  const faults: string[] = [];
  if (GIVES_KEYS.test(json))
    faults.push('main.bicep: a template asks for a key (list...()): use an identity');
  for (const name of [...Object.keys(main.parameters ?? {}), ...Object.keys(main.outputs ?? {})]) {
    if (SECRET_NAME.test(name))
      faults.push(`main.bicep: "${name}" is named like a secret; nothing here has one`);
  }
  for (const [module, found] of templatesIn(main, 'main')) {
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

function* templatesIn(of: Template, name: string): Generator<readonly [string, Template]> {
  yield [name, of];
  const resources = of.resources;
  const list = resources !== null && typeof resources === 'object' ? Object.values(resources) : [];
  for (const resource of list) {
    const module = nested.safeParse(resource);
    if (!module.success) continue;
    yield* templatesIn(template.parse(module.data.properties.template), module.data.name);
  }
}

/** The names in an object of settings; where they come from a function's arguments, those that are written there. */
function settingNames(settings: unknown): readonly string[] {
  if (typeof settings === 'string')
    return [...settings.matchAll(/'([A-Za-z_]\w+)'/g)].map(([, name]) => name ?? '');
  return settings !== null && typeof settings === 'object' ? Object.keys(settings) : [];
}
