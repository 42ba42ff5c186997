export declare function tooOld(version?: string): string | undefined;
export declare function refuseOldNode(version?: string): void;
