import { HostError } from '../core/errors.ts';

/** Says whether the text of a route parameter is acceptable. */
export type RouteConstraint = (value: string) => boolean;

const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const float = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const guid = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;

const within = (text: string, least: bigint, most: bigint): boolean =>
  integer.test(text) && BigInt(text.replace('+', '')) >= least && BigInt(text.replace('+', '')) <= most;

/** The inline constraints of ASP.NET Core routes, by name. */
const constraints: Record<string, (args: string[]) => RouteConstraint> = {
  int: () => (value) => within(value, -(2n ** 31n), 2n ** 31n - 1n),
  long: () => (value) => within(value, -(2n ** 63n), 2n ** 63n - 1n),
  decimal: () => (value) => decimal.test(value),
  double: () => (value) => float.test(value),
  float: () => (value) => float.test(value),
  bool: () => (value) => /^(?:true|false)$/i.test(value),
  guid: () => (value) => guid.test(value),
  alpha: () => (value) => /^[a-z]*$/i.test(value),
  datetime: () => (value) => !Number.isNaN(Date.parse(value)),
  required: () => (value) => value !== '',
  length: ([least = 'x', most = least]) => bounded('length', [least, most], (value) => value.length),
  minlength: ([least = 'x']) => bounded('minlength', [least, 'Infinity'], (value) => value.length),
  maxlength: ([most = 'x']) => bounded('maxlength', ['0', most], (value) => value.length),
  min: ([least = 'x']) => bounded('min', [least, 'Infinity'], Number, integer),
  max: ([most = 'x']) => bounded('max', ['-Infinity', most], Number, integer),
  range: ([least = 'x', most = 'x']) => bounded('range', [least, most], Number, integer),
};

function bounded(
  name: string,
  bounds: [string, string],
  measure: (value: string) => number,
  pattern?: RegExp,
): RouteConstraint {
  const [least, most] = bounds.map(Number);
  if (least === undefined || most === undefined || Number.isNaN(least) || Number.isNaN(most)) {
    throw new HostError(`The route constraint "${name}" needs whole numbers, as in ${name}(1).`);
  }
  return (value) => (!pattern || pattern.test(value)) && measure(value) >= least && measure(value) <= most;
}

/**
 * The constraint that `text` names, as in `int`, `range(1,5)` or `regex(^a)`.
 *
 * @throws HostError for a name that ASP.NET Core does not know, or arguments that it cannot read.
 */
export function parseConstraint(text: string): RouteConstraint {
  const [, name = '', args] = /^(\w+)(?:\((.*)\))?$/s.exec(text) ?? [];
  if (name.toLowerCase() === 'regex' && args !== undefined) {
    // Doubled braces and brackets are how a route template writes single ones.
    const pattern = new RegExp(args.replaceAll('{{', '{').replaceAll('}}', '}'), 'i');
    return (value) => pattern.test(value);
  }
  const make = constraints[name.toLowerCase()];
  if (!make) {
    throw new HostError(
      `"${text}" is not a route constraint. Known: ${Object.keys(constraints).join(', ')}, regex.`,
    );
  }
  return make((args ?? '').split(',').map((each) => each.trim()));
}
