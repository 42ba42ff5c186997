export declare function placesOf(root: string, words: readonly string[]): string[];
