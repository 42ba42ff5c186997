/** What is read of vitest's JSON report. */
export interface RunReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Tests by the folder or file in which they lie, and the folders and files that they are about. */
export interface TestGroup {
  readonly tests: string;
  readonly about: readonly string[];
}

export declare function testGroups(root: string, long?: readonly TestGroup[]): TestGroup[];
export declare function fingerprint(
  root: string,
  group: Pick<TestGroup, 'about'>,
  circumstances?: string,
): string;
export declare function readPassed(root: string): Readonly<Record<string, string>>;
export declare function writePassed(root: string, passed: Readonly<Record<string, string>>): void;
export declare function passedIn(root: string, report: RunReport, groups: readonly TestGroup[]): TestGroup[];
