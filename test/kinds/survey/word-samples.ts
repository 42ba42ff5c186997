import type { Words } from '../../../shared/kinds/survey/words/words.ts';
import type { Samples } from '../../locale/samples.ts';

/** A message without a sample is a type error here. */
export const samples: Samples<Words> = {};
