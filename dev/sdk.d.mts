export type Sdk = 'botbuilder' | 'agents';

export declare const SDKS: Readonly<Record<Sdk, string>>;
export declare class UnknownSdk extends Error {}
type Environment = { [name: string]: string | undefined };
export declare function sdkOf(environment: Readonly<Environment>): Sdk;
export declare function packagesFor(environment: Readonly<Environment>): 'start' | undefined;
export declare function takeSdk(argv: readonly string[], environment: Environment): readonly string[];
