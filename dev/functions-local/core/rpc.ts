/**
 * The data that the Functions host and the Node.js worker exchange, as `@azure/functions` sees it.
 * The library's own typings name them `@azure/functions-core`, a module that exists only inside the worker.
 */

/** One value on its way in or out. Exactly one member is set; reading takes the first one present. */
export interface RpcTypedData {
  string?: string | null;
  /** JSON text. */
  json?: string | null;
  bytes?: Uint8Array | null;
  http?: RpcHttpData | null;
  int?: number | null;
  double?: number | null;
}

export interface RpcNullableString {
  value: string;
}

/** An HTTP request on its way in, or a response on its way out. */
export interface RpcHttpData {
  method?: string;
  /** Absolute. */
  url?: string;
  /** Names in lower case; several values of one name are joined by a comma. */
  nullableHeaders?: Record<string, RpcNullableString>;
  nullableParams?: Record<string, RpcNullableString>;
  nullableQuery?: Record<string, RpcNullableString>;
  body?: RpcTypedData | null;
  statusCode?: string;
  headers?: Record<string, string>;
  cookies?: RpcHttpCookie[];
  enableContentNegotiation?: boolean;
}

export interface RpcHttpCookie {
  name: string;
  value: string;
  domain?: { value: string } | undefined;
  path?: { value: string } | undefined;
  /** Seconds since 1970. */
  expires?: { value: { seconds: number } } | undefined;
  secure?: { value: boolean } | undefined;
  httpOnly?: { value: boolean } | undefined;
  sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone' | undefined;
  /** Seconds. */
  maxAge?: { value: number } | undefined;
}

export type RpcLogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';
export type RpcLogCategory = 'user' | 'system' | 'customMetric';

/** A binding as registered: the options that the app gave, plus these. */
export interface RpcBindingInfo {
  type?: string;
  direction?: 'in' | 'out' | 'inout';
  name?: string;
  properties?: Record<string, string>;
  [option: string]: unknown;
}

export interface RpcDuration {
  seconds?: number | null;
}

export interface RpcRetryOptions {
  maxRetryCount?: number | null;
  /** `fixedDelay` or `exponentialBackoff`. */
  retryStrategy?: string | null;
  delayInterval?: RpcDuration | null;
  minimumInterval?: RpcDuration | null;
  maximumInterval?: RpcDuration | null;
}

export interface FunctionMetadata {
  name: string;
  functionId?: string;
  bindings: Record<string, RpcBindingInfo>;
  retryOptions?: RpcRetryOptions | undefined;
}

export interface RpcTraceContext {
  traceParent: string;
  traceState: string;
  attributes: Record<string, string>;
}

export interface RpcRetryContext {
  retryCount: number;
  maxRetryCount: number;
  exception?: { message?: string; source?: string; stackTrace?: string };
}

export interface RpcInvocationRequest {
  invocationId: string;
  functionId: string;
  /** One entry per input; the name is that of a binding. */
  inputData: { name: string; data: RpcTypedData }[];
  triggerMetadata?: Record<string, RpcTypedData> | undefined;
  traceContext: RpcTraceContext;
  retryContext?: RpcRetryContext | undefined;
}

export interface RpcInvocationResponse {
  invocationId: string;
  returnValue?: RpcTypedData | null;
  outputData?: { name: string; data: RpcTypedData }[];
}

export type FunctionCallback = (...args: unknown[]) => unknown;
export type HookCallback = (context: object) => unknown;

/** What the worker shows the library of one invocation. */
export interface CoreInvocationContext {
  invocationId: string;
  request: RpcInvocationRequest;
  metadata: FunctionMetadata;
  state: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  log(level: RpcLogLevel, category: RpcLogCategory, message: string): void;
}

/** How the library turns an invocation into a call of the handler, and its result into a response. */
export interface InvocationModel {
  getArguments(): Promise<{ context: object; inputs: unknown[] }>;
  invokeFunction(context: object, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: object, result: unknown): Promise<RpcInvocationResponse>;
}

/** What the library hands over with its first registration. */
export interface ProgrammingModel {
  name: string;
  version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
  getCapabilities(defaults: Record<string, string>): Record<string, string> | Promise<Record<string, string>>;
}
