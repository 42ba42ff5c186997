import type { Words } from '../../../shared/kinds/builds/words/words.ts';
import type { Samples } from '../../locale/samples.ts';

/** A message without a sample is a type error here. */
export const samples: Samples<Words> = {
  headline: [['web', '12', 'RESULT']],
  onBranch: [['TITLE', 'main']],
};

/** What is written alike in each language. */
export const alike: readonly string[] = ['facts.branch', 'headline[0]'];
