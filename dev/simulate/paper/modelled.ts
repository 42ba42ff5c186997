/**
 * A part of a port that stands in for all of it: calling what the model leaves out throws, by name, so that a change
 * of the product that asks for more is seen at once.
 */
export function modelled<Port extends object>(name: string, part: Partial<Port>): Port {
  const whole: object = new Proxy(part, {
    get(target, method) {
      if (method in target) return Reflect.get(target, method);
      return () => {
        throw new Error(
          `the model of "${name}" has no "${String(method)}"; dev/simulate/paper/stores.ts is its place`,
        );
      };
    },
  });
  return whole as Port; // What is missing throws when it is called.
}
