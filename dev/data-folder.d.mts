export declare class DataFolderError extends Error {}
export declare function makeDataFolder(path: string): void;
