import { describe, expect, it } from 'vitest';
import { childTraceContext, newTraceContext } from '../../core/trace-context.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';
const parent = 'b7ad6b7169203331';

describe('the trace context of an invocation', () => {
  it('keeps trace, flags and state of its parent, with a span of its own', () => {
    const context = childTraceContext(`00-${trace}-${parent}-01`, 'vendor=1');
    expect(context.traceParent).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    expect(context.traceParent).not.toContain(parent);
    expect(context.traceState).toBe('vendor=1');
  });

  it.each([
    undefined,
    '',
    42,
    `00-${trace}-${parent}`,
    `00-${'0'.repeat(32)}-${parent}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${parent}-01`,
  ])('begins a new trace when the parent is %s', (bad) => {
    const context = childTraceContext(bad, 'vendor=1');
    expect(context.traceParent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(context.traceParent).not.toContain(trace);
    expect(context.traceState).toBe('');
  });

  it('never repeats', () => {
    expect(newTraceContext().traceParent).not.toBe(newTraceContext().traceParent);
  });
});
