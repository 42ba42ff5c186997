import { randomUUID } from 'node:crypto';
import type { Hooks, LogHookData } from './hooks.ts';
import type {
  CoreInvocationContext,
  FunctionCallback,
  FunctionMetadata,
  ProgrammingModel,
  RpcInvocationResponse,
  RpcLogCategory,
  RpcLogLevel,
  RpcRetryContext,
  RpcTraceContext,
  RpcTypedData,
} from './rpc.ts';
import { newTraceContext, noTraceContext } from './trace-context.ts';

/** A function as the app registered it. */
export interface RegisteredFunction {
  readonly name: string;
  readonly metadata: FunctionMetadata;
  /** The name of the trigger's binding (a hash of its options), and the binding itself. */
  readonly triggerName: string;
  readonly trigger: NonNullable<FunctionMetadata['bindings'][string]>;
  readonly callback: FunctionCallback;
  /** That of the library copy which registered the function: a process may hold several copies. */
  readonly model: ProgrammingModel;
}

/** What a trigger hands to an invocation. */
export interface TriggerInput {
  data: RpcTypedData;
  /** By the host's names (`MessageId`); HTTP and timer triggers have none. */
  triggerMetadata?: Record<string, RpcTypedData> | undefined;
  /** Default: a new trace. */
  traceContext?: RpcTraceContext | undefined;
  retryContext?: RpcRetryContext | undefined;
  /** Default: a new one. */
  invocationId?: string | undefined;
}

export interface InvocationOutcome {
  invocationId: string;
  /** What the handler returned, after the postInvocation hooks. */
  result: unknown;
  /** The same, as the library converted it for the host. */
  response: RpcInvocationResponse;
}

/** One line of a log, as the app or the host wrote it. */
export interface LogEntry {
  level: RpcLogLevel;
  /** `user` for what the app's own code logs. */
  category: RpcLogCategory;
  message: string;
  functionName?: string | undefined;
  invocationId?: string | undefined;
}
export type LogSink = (entry: LogEntry) => void;

/** What one app shares over all its invocations. */
export interface AppScope {
  readonly hooks: Hooks;
  readonly appHookData: Record<string, unknown>;
  readonly log: LogSink;
  /** Whether functions see a trace. */
  readonly trace: boolean;
}

/** Passes a line through the log hooks and on to the sink. */
export function emitLog(
  scope: AppScope,
  line: LogHookData,
  of: Pick<LogEntry, 'functionName' | 'invocationId'>,
) {
  if (scope.hooks.has('log')) {
    const failure = scope.hooks.runLog(line);
    if (failure !== undefined) {
      scope.log({
        level: 'error',
        category: 'system',
        message: `A log hook failed: ${String(failure)}`,
        ...of,
      });
    }
  }
  scope.log({ level: line.level, category: line.category, message: line.message, ...of });
}

/**
 * Runs one function the way the Node.js worker does: convert the input, preInvocation hooks (which may
 * replace inputs and handler), the handler, postInvocation hooks (which may replace result and error),
 * convert the result.
 *
 * @throws what the handler or a hook threw. A handler that throws `undefined` or `null` succeeds: the worker
 * takes those for "no error".
 */
export async function runInvocation(
  scope: AppScope,
  registered: RegisteredFunction,
  input: TriggerInput,
): Promise<InvocationOutcome> {
  const invocationId = input.invocationId ?? randomUUID();
  const { metadata } = registered;
  const { appHookData, hooks } = scope;
  const hookData: Record<string, unknown> = {};
  const source = { functionName: registered.name, invocationId };
  let invocationContext: object | undefined;

  const core: CoreInvocationContext = {
    invocationId,
    request: {
      invocationId,
      functionId: metadata.functionId ?? metadata.name,
      inputData: [{ name: registered.triggerName, data: input.data }],
      triggerMetadata: input.triggerMetadata,
      traceContext: scope.trace ? (input.traceContext ?? newTraceContext()) : noTraceContext,
      retryContext: input.retryContext,
    },
    metadata,
    state: undefined,
    log: (level: RpcLogLevel, category: RpcLogCategory, message: string) =>
      emitLog(scope, { hookData, appHookData, level, category, message, invocationContext }, source),
  };

  const model = await registered.model.getInvocationModel(core);
  const { context, inputs } = await model.getArguments();
  invocationContext = context;

  const pre = {
    hookData,
    appHookData,
    invocationContext: context,
    functionCallback: registered.callback,
    inputs,
  };
  if (hooks.has('preInvocation')) {
    await inState(core, 'preInvocationHooks', () => hooks.run('preInvocation', pre));
  }
  const post: {
    hookData: object;
    appHookData: object;
    invocationContext: object;
    inputs: unknown[];
    result: unknown;
    error: unknown;
  } = { hookData, appHookData, invocationContext: context, inputs: pre.inputs, result: null, error: null };
  core.state = 'invocation';
  try {
    post.result = await model.invokeFunction(context, pre.inputs, pre.functionCallback);
  } catch (error) {
    post.error = error;
  } finally {
    core.state = undefined;
  }
  if (hooks.has('postInvocation')) {
    await inState(core, 'postInvocationHooks', () => hooks.run('postInvocation', post));
  }
  if (post.error !== null && post.error !== undefined) throw post.error;
  return { invocationId, result: post.result, response: await model.getResponse(context, post.result) };
}

async function inState(
  core: CoreInvocationContext,
  state: CoreInvocationContext['state'],
  work: () => Promise<void>,
): Promise<void> {
  core.state = state;
  try {
    await work();
  } finally {
    core.state = undefined;
  }
}
