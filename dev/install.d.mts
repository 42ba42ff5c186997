import type { ChildProcess } from 'node:child_process';

export declare class InstallError extends Error {}
export declare function projectNode(root: string): string;
export declare function isInstalled(root: string, only?: 'start'): boolean;
export declare function installWhatIsMissing(
  root: string,
  options?: {
    onSpawn?: (npm: ChildProcess) => void;
    log?: (line: string) => void;
    only?: 'start' | undefined;
  },
): Promise<boolean>;
