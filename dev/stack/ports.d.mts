/** One TCP port per part of the stack; 0 stands for any free one. */
export interface Ports {
  readonly functions: number;
  readonly broker: number;
  readonly tables: number;
  /** Only where Core Tools run the functions. */
  readonly blobs?: number;
  readonly channel: number;
}

export declare function isTaken(port: number): Promise<boolean>;
export declare function withFreePorts<P extends { readonly [part: string]: number } | Ports>(
  ports: P,
): Promise<P>;
