export declare function findAlertmanager(env?: NodeJS.ProcessEnv): string | undefined;
