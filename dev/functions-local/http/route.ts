import { HostError, messageOf } from '../core/errors.ts';
import { parseConstraint, type RouteConstraint } from './route-constraints.ts';

/** Values of the route's parameters, by name; a parameter that the path leaves out is absent. */
export type RouteValues = Record<string, string>;
export type RouteMatcher = (path: string) => RouteValues | undefined;

interface Parameter {
  name: string;
  /** `{*rest}`: takes the rest of the path, slashes included. */
  catchAll: boolean;
  optional: boolean;
  defaultValue: string | undefined;
  constraints: RouteConstraint[];
}

/**
 * Compiles a route template of ASP.NET Core: `users/{id:int}/{tab?}`, `files/{*path}`, `{name}.{ext}`,
 * `{page=1}`. Literals match whatever their case; a trailing slash is ignored; values are percent-decoded.
 *
 * @throws HostError for a template that cannot be read.
 */
export function compileRoute(template: string): RouteMatcher {
  const segments = splitSegments(template.replace(/^\/|\/$/g, ''));
  const parameters: Parameter[] = [];
  let pattern = '^';
  for (const segment of segments) {
    const { text, own } = compileSegment(segment, template);
    parameters.push(...own);
    const [only] = own;
    const alone = own.length === 1 && segment.startsWith('{') && segment.endsWith('}');
    const mayBeAbsent = alone && only && (only.optional || only.catchAll || only.defaultValue !== undefined);
    pattern += mayBeAbsent ? `(?:/${text})?` : `/${text}`;
  }
  const expression = new RegExp(`${pattern}/?$`, 'i');

  return (path) => {
    const match = expression.exec(path === '/' ? '' : path);
    if (!match) return undefined;
    const values: RouteValues = {};
    for (const [index, parameter] of parameters.entries()) {
      const value = decode(match[index + 1]) ?? parameter.defaultValue;
      if (value === undefined || (value === '' && parameter.catchAll)) continue;
      if (!parameter.constraints.every((accepts) => accepts(value))) return undefined;
      values[parameter.name] = value;
    }
    return values;
  };
}

/** Splits at slashes that are not inside braces: a constraint may hold one. */
function splitSegments(template: string): string[] {
  if (template === '') return [];
  const segments = [''];
  let depth = 0;
  for (const character of template) {
    if (character === '{') depth++;
    if (character === '}') depth--;
    if (character === '/' && depth === 0) segments.push('');
    else segments[segments.length - 1] += character;
  }
  return segments;
}

/** One segment: literals and parameters, as the text of a regular expression with a group per parameter. */
function compileSegment(segment: string, template: string): { text: string; own: Parameter[] } {
  const own: Parameter[] = [];
  let text = '';
  let rest = segment;
  while (rest !== '') {
    const [brace] = /^\{(?:[^{}]|\{\{|\}\})+\}/.exec(rest) ?? [];
    if (brace) {
      const parameter = parseParameter(brace.slice(1, -1), template);
      own.push(parameter);
      text += parameter.catchAll ? '(.*)' : '([^/]+?)';
      rest = rest.slice(brace.length);
      continue;
    }
    const [literal = ''] = /^[^{}]+/.exec(rest) ?? [];
    if (literal === '') throw new HostError(`The route "${template}" has a brace without its partner.`);
    text += literal.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
    rest = rest.slice(literal.length);
  }
  if (text === '') throw new HostError(`The route "${template}" has an empty segment.`);
  return { text, own };
}

function parseParameter(text: string, template: string): Parameter {
  const match = /^(\*{0,2})(\w+)((?::(?:\w+(?:\(.*?\))?))*)(\?)?(?:=(.*))?$/s.exec(text);
  if (!match)
    throw new HostError(`The route "${template}" has a parameter that cannot be read: "{${text}}".`);
  const [, stars = '', name = '', constraints = '', question, defaultValue] = match;
  try {
    return {
      name,
      catchAll: stars !== '',
      optional: question !== undefined,
      defaultValue,
      constraints: [...constraints.matchAll(/:(\w+(?:\(.*?\))?)(?=:|$)/gs)].map(([, each = '']) =>
        parseConstraint(each),
      ),
    };
  } catch (error) {
    throw new HostError(`The route "${template}" cannot be used. ${messageOf(error)}`, { cause: error });
  }
}

function decode(value: string | undefined): string | undefined {
  if (value === undefined || !value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // As ASP.NET Core does with an escape that is none.
  }
}
