export declare const SDK_TESTS: readonly string[];
