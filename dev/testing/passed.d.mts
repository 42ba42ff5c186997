/** What is read of vitest's JSON report. */
export interface RunReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

export declare function testedWorkspaces(root: string): string[];
export declare function fingerprint(root: string, folder: string, circumstances?: string): string;
export declare function readPassed(root: string): Readonly<Record<string, string>>;
export declare function writePassed(root: string, passed: Readonly<Record<string, string>>): void;
export declare function passedIn(root: string, report: RunReport, folders: readonly string[]): string[];
