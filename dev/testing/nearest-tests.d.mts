export declare function nearestTests(root: string): {
  readonly arguments: readonly string[];
  readonly notes: readonly string[];
};
export declare function testsOf(root: string, changed: readonly string[]): string[];
