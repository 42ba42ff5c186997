export declare const FORMER_RELEASE: string;
export declare function formerFolder(root: string, commit?: string): string;
export declare function hasFormerRelease(root: string, commit?: string): boolean;
