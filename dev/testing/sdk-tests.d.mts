export declare const SDK_TESTS_OF_ALL: readonly string[];
export declare const SDK_TESTS: readonly string[];
