import { HostError } from '../core/errors.ts';
import type { RegisteredFunction } from '../core/invocation.ts';

export type TriggerKind = 'http' | 'timer' | 'serviceBus';

const kinds: Record<string, TriggerKind> = {
  httptrigger: 'http',
  timertrigger: 'timer',
  servicebustrigger: 'serviceBus',
};

/**
 * The kind of a function's trigger.
 *
 * @throws HostError for a trigger, an option or a binding that this host does not run: a function that would
 * silently never work is worse than a host that does not start.
 */
export function triggerKind(registered: RegisteredFunction): TriggerKind {
  const { name, trigger, triggerName, metadata } = registered;
  const unsupported = (what: string, remedy: string): HostError =>
    new HostError(`Function "${name}" uses ${what}, which this host does not run. ${remedy}`);

  const kind = kinds[(trigger.type ?? '').toLowerCase()];
  if (!kind)
    throw unsupported(`the trigger "${trigger.type}"`, 'It runs HTTP, timer and Service Bus triggers.');
  for (const [bindingName, binding] of Object.entries(metadata.bindings)) {
    const isResponse = bindingName === '$return' && binding.type?.toLowerCase() === 'http';
    if (bindingName !== triggerName && !isResponse) {
      throw unsupported(`the binding "${binding.type}"`, 'Use a client of the service in the handler.');
    }
  }
  if (kind === 'serviceBus') {
    if (trigger.cardinality === 'many') throw unsupported('cardinality "many"', 'Set cardinality to "one".');
    if (trigger.isSessionsEnabled === true) throw unsupported('sessions', 'Remove isSessionsEnabled.');
    if (trigger.properties?.supportsDeferredBinding === 'true') {
      throw unsupported('sdkBinding', 'Remove it; the body then arrives as text.');
    }
  }
  return kind;
}
