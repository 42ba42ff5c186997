import { isJsonObject } from '../../shared/domain/json-object.ts';

type Json = { readonly [name: string]: unknown };

/**
 * The components of an OpenAPI document with schemas in which nothing may stand that they do not name. What all of several
 * schemas hold for becomes one schema, as each of them alone would refuse the others' fields.
 */
export function closedSchemas(components: Json): Json {
  const schemas = asObject(components.schemas);
  return { ...components, schemas: mapped(schemas, close) };

  function close(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map(close);
    if (!isJsonObject(schema)) return schema;
    const { allOf, properties, ...rest } = Array.isArray(schema.allOf) ? together(schema.allOf) : schema;
    const others = Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [name, NO_SCHEMAS.has(name) ? value : close(value)]),
    );
    if (!isJsonObject(properties)) return others;
    return { additionalProperties: false, ...others, properties: mapped(properties, close) };
  }

  function together(all: readonly unknown[]): Json {
    const parts = all.map(resolved);
    return {
      type: 'object',
      required: parts.flatMap(({ required }) => (Array.isArray(required) ? required : [])),
      properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    };
  }

  function resolved(schema: unknown): Json {
    const { $ref, ...own } = asObject(schema);
    return typeof $ref === 'string' ? asObject(schemas[$ref.split('/').at(-1) ?? '']) : own;
  }
}

/** Their values are values, whatever they look like. */
const NO_SCHEMAS = new Set(['required', 'enum', 'const', 'default', 'examples']);

/** The same of a schema that stands beside the components, in an operation. */
export function closedSchema(schema: unknown): unknown {
  return asObject(asObject(closedSchemas({ schemas: { schema } })).schemas).schema;
}

function mapped(from: Json, change: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, change(value)]));
}

function asObject(value: unknown): Json {
  if (isJsonObject(value)) return value;
  throw new Error(`no JSON object: ${JSON.stringify(value)}`);
}
