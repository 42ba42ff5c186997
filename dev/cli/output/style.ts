import { styleText } from 'node:util';
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
    (format: keyof Style): Paint =>
    (text) =>
      on ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    green: paint('green'),
    yellow: paint('yellow'),
    cyan: paint('cyan'),
  };
}
