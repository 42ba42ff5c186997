import type { RunReport } from './passed.mjs';

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly notes: readonly string[];
}

export declare function countTests(path: string, status: number): TestCounts;
export declare function sumOf(runs: readonly TestCounts[]): TestCounts;
export declare function readReport(path: string): RunReport;
export declare function summaryLine(counts: Omit<TestCounts, 'notes'>): string;
