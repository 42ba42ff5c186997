export declare class DataFolderError extends Error {}
export declare function makeDataFolder(path: string): void;
export declare function explained(path: string, error: unknown): unknown;
