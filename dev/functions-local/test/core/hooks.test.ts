import { app } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { createFunctionsCore } from '../../core/functions-core.ts';
import { Hooks } from '../../core/hooks.ts';
import type { LogEntry } from '../../core/invocation.ts';
import { serviceBusInput } from '../../inputs.ts';

async function coreWith(register: () => void, handler: (input: unknown) => unknown = (input) => input) {
  const logged: LogEntry[] = [];
  const core = createFunctionsCore({ log: (entry) => logged.push(entry), appDirectory: '/app' });
  await core.load(() => {
    app.serviceBusQueue('probe', { connection: 'C', queueName: 'q', handler: handler as () => unknown });
    register();
  });
  return { core, logged, invoke: () => core.invoke('probe', serviceBusInput({ body: 'in' })) };
}

describe('hooks of an app', () => {
  it('run in the order of their registration around the handler', async () => {
    const order: string[] = [];
    const { invoke, core } = await coreWith(
      () => {
        app.hook.appStart(() => void order.push('appStart'));
        app.hook.preInvocation(() => void order.push('pre 1'));
        app.hook.preInvocation(() => void order.push('pre 2'));
        app.hook.postInvocation(() => void order.push('post'));
        app.hook.appTerminate(() => void order.push('appTerminate'));
      },
      () => void order.push('handler'),
    );
    await invoke();
    await core.terminate();
    expect(order).toEqual(['appStart', 'pre 1', 'pre 2', 'handler', 'post', 'appTerminate']);
  });

  it('may replace the inputs and the handler before, and the result after', async () => {
    const { invoke } = await coreWith(() => {
      app.hook.preInvocation((context) => {
        const original = context.functionHandler;
        context.inputs = ['replaced'];
        context.functionHandler = async (input, invocation) => `wrapped ${await original(input, invocation)}`;
      });
      app.hook.postInvocation((context) => {
        context.result = `${context.result}, seen`;
      });
    });
    expect((await invoke()).result).toBe('wrapped replaced, seen');
  });

  it('see the error of the handler and may clear it', async () => {
    const errors: unknown[] = [];
    const { invoke } = await coreWith(
      () => {
        app.hook.postInvocation((context) => {
          errors.push(context.error);
          context.error = null;
          context.result = 'rescued';
        });
      },
      () => Promise.reject(new Error('handler')),
    );
    expect((await invoke()).result).toBe('rescued');
    expect(errors).toEqual([new Error('handler')]);
  });

  it('share hookData within one invocation and not with the next', async () => {
    const seen: unknown[] = [];
    const { invoke } = await coreWith(() => {
      app.hook.preInvocation((context) => {
        seen.push({ ...context.hookData });
        context.hookData.began = true;
      });
      app.hook.postInvocation((context) => void seen.push({ ...context.hookData }));
    });
    await invoke();
    await invoke();
    expect(seen).toEqual([{}, { began: true }, {}, { began: true }]);
  });

  it('fail the invocation when a preInvocation hook throws, before the handler runs', async () => {
    let ran = false;
    const { invoke } = await coreWith(
      () => {
        app.hook.preInvocation(() => Promise.reject(new Error('hook')));
      },
      () => {
        ran = true;
      },
    );
    await expect(invoke()).rejects.toThrow('hook');
    expect(ran).toBe(false);
  });

  it('fail the start when an appStart hook throws', async () => {
    const start = coreWith(() => {
      app.hook.appStart(() => Promise.reject(new Error('no database')));
    });
    await expect(start).rejects.toThrow('no database');
  });

  it('may change a log line and its level, and know the invocation that it belongs to', async () => {
    const { invoke, logged } = await coreWith(
      () => {
        app.hook.log((line) => {
          line.message = `${line.message} in ${line.invocationContext?.functionName}`;
          line.level = 'error';
        });
        app.hook.preInvocation((context) => context.invocationContext.log('before'));
      },
      () => {},
    );
    await invoke();
    expect(logged).toMatchObject([{ level: 'error', message: 'before in probe', category: 'user' }]);
  });

  it('lose no log line when a log hook throws', async () => {
    const { invoke, logged } = await coreWith(() => {
      app.hook.log(() => {
        throw new Error('bad hook');
      });
      app.hook.preInvocation((context) => context.invocationContext.log('kept'));
    });
    await invoke();
    expect(logged.map((line) => line.message)).toEqual(['A log hook failed: Error: bad hook', 'kept']);
  });

  it('do not call a log hook for what it logs itself', async () => {
    const { invoke, logged } = await coreWith(() => {
      app.hook.log((line) => {
        line.invocationContext?.log(`about: ${line.message}`);
      });
      app.hook.preInvocation((context) => context.invocationContext.log('line'));
    });
    await invoke();
    expect(logged.map((line) => line.message)).toEqual(['about: line', 'line']);
  });

  it('stop running once disposed', async () => {
    let ran = 0;
    const { invoke } = await coreWith(() => {
      app.hook.preInvocation(() => void ran++).dispose();
    });
    await invoke();
    expect(ran).toBe(0);
  });

  it('with an unknown name are refused in the way that the library looks for', () => {
    const refused = (() => {
      try {
        return new Hooks().register('onIdle', () => {});
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(RangeError);
    expect(refused).toMatchObject({
      message: 'Unrecognized hook "onIdle"',
      isAzureFunctionsSystemError: true,
    });
  });
});
