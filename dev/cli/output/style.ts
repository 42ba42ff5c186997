import type { Io, Screen } from '../io.ts';

/** Wraps text in colours, or leaves it alone where nobody would see them. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}
export type Paint = (text: string) => string;

/** Colours only for a person at a terminal, who did not ask for none (https://no-color.org). */
export function styleOf(screen: Screen, env: Io['env']): Style {
  const noColor = env.NO_COLOR !== undefined && env.NO_COLOR !== '';
  const on = screen.isTTY && !noColor && env.TERM !== 'dumb';
  const paint =
    (open: number, close: number): Paint =>
    (text) =>
      on ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}
