import type { TurnState } from '../../shared/domain/conversation/turn-state.ts';
import { beginCounting } from '../support/operations.ts';
import { runs, type Shape, shapes } from './shapes.ts';

/** Counting begins before what is counted is loaded: whoever asks for steps loads the product after this file. */
export const { stepsOf } = beginCounting();

/** Twice the text, and a little more for what is looked at once. */
const MOST = 2.3;
const LENGTH = 2000;

const texts = [...shapes, ...runs];

/** Makes a fresh bot that answers a text. */
export type Responding = () => Promise<(text: string, state: TurnState) => Promise<unknown>>;

/** The costs that grow faster than the text, for each of the shapes. */
export async function tooSteep(
  responding: Responding,
  opening: string,
  state: TurnState,
): Promise<readonly string[]> {
  const found: string[] = [];
  // Whatever was done before is not counted.
  await stepsOf(() => undefined);
  for (const shape of texts) {
    const costOf = async (length: number) =>
      stepsBehind(await responding(), { opening, state, shape, length });
    const once = await costOf(LENGTH);
    const twice = await costOf(2 * LENGTH);
    if (twice > once * MOST) found.push(`${shape.name}: ${once} steps, then ${twice}`);
  }
  return found;
}

async function stepsBehind(
  respond: Awaited<ReturnType<Responding>>,
  said: {
    readonly opening: string;
    readonly state: TurnState;
    readonly shape: Shape;
    readonly length: number;
  },
): Promise<number> {
  const text = `${said.opening}${said.shape.ofLength(said.length)}`;
  return stepsOf(() => respond(text, said.state));
}
