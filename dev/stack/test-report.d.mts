export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly notes: readonly string[];
}

export declare function countTests(path: string, status: number): TestCounts;
export declare function summaryLine(counts: Omit<TestCounts, 'notes'>): string;
