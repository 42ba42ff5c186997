import type { TestGroup } from './passed.mjs';

export declare const LONG_TESTS: readonly TestGroup[];
