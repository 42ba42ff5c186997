import { app, type InvocationContext } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { createFunctionsCore } from '../../core/functions-core.ts';
import { serviceBusInput } from '../../inputs.ts';
import { serviceBusTriggerInput } from '../../service-bus/trigger-input.ts';

type Message = Parameters<typeof serviceBusInput>[0];

/** What the handler is called with for a message, through the real library. */
async function handed(
  message: Message,
): Promise<{ body: unknown; metadata: Record<string, unknown>; trace: string }> {
  let seen: [unknown, InvocationContext] | undefined;
  const core = createFunctionsCore();
  await core.load(() =>
    app.serviceBusQueue('probe', {
      connection: 'C',
      queueName: 'q',
      handler: (body, context) => {
        seen = [body, context];
      },
    }),
  );
  await core.invoke('probe', serviceBusInput(message));
  const [body, context] = seen ?? [];
  return { body, metadata: context?.triggerMetadata ?? {}, trace: context?.traceContext?.traceParent ?? '' };
}

describe('the body of a Service Bus message', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['[1,2]', [1, 2]],
    ['123', 123],
    ['true', true],
    ['null', null],
    ['"quoted"', 'quoted'],
    ['plain text', 'plain text'],
    ['{not JSON}', '{not JSON}'],
    ['', ''],
  ])('%j reaches the handler as %j', async (text, value) => {
    expect((await handed({ body: Buffer.from(text) })).body).toEqual(value);
  });

  it('is parsed whatever the content type says', async () => {
    expect((await handed({ body: Buffer.from('{"a":1}'), contentType: 'text/plain' })).body).toEqual({
      a: 1,
    });
    expect((await handed({ body: Buffer.from('text'), contentType: 'application/json' })).body).toBe('text');
  });

  it.each([
    ['a UTF-8 byte order mark', Buffer.from('\ufeff{"a":1}'), { a: 1 }],
    ['UTF-16 with its mark', Buffer.from('\ufeff{"a":1}', 'utf16le'), { a: 1 }],
    ['UTF-16 of the other order', Buffer.from('\ufeff{"a":1}', 'utf16le').swap16(), { a: 1 }],
    ['a byte that is no UTF-8', Buffer.from('{"a":"\xfc"}', 'latin1'), { a: '\ufffd' }],
  ])('with %s is read as the real host reads it', async (_what, body, value) => {
    expect((await handed({ body })).body).toEqual(value);
  });

  // Written by .NET 10: new DataContractSerializer(typeof(string)).WriteObject(CreateBinaryWriter(...), text).
  const head =
    '4006737472696e670833687474703a2f2f736368656d61732e6d6963726f736f66742e636f6d2f323030332f31302f53657269616c697a6174696f6e2f';
  it.each([
    ['{"a":1}', '99077b2261223a317d', { a: 1 }],
    ['one digit', '83', 1],
    ['umlauts', '9904c3bc7b7d', 'ü{}'],
    ['300 characters', `9a2c01${'61'.repeat(300)}01`, 'a'.repeat(300)],
    ['70000 characters', `9c70110100${'61'.repeat(70_000)}01`, 'a'.repeat(70_000)],
  ])('that .NET serialised as a string of %s is that string', async (_what, text, value) => {
    expect((await handed({ body: Buffer.from(head + text, 'hex') })).body).toEqual(value);
  });

  it.each(['', '99', '9a2c', '99ff7b', '7b', '98', '9c70110100'])(
    'that only begins like one of .NET (%s) is text with replaced bytes',
    async (rest) => {
      const body = Buffer.from(`${head}${rest}ff`, 'hex');
      expect((await handed({ body })).body).toBe(body.toString('utf8'));
    },
  );

  it('that .NET serialised as an empty string is UTF-8 by chance and stays as it is', async () => {
    const body = Buffer.from(`${head}01`, 'hex');
    expect((await handed({ body })).body).toBe(body.toString('utf8'));
  });

  it('may be an AMQP value of text', async () => {
    expect((await handed({ body: '{"a":1}' })).body).toEqual({ a: 1 });
  });

  it.each([[[1]], [42], [{ map: true }], [null]])('cannot be the AMQP value or sequence %j', (body) => {
    const message = {
      body,
      deliveryCount: 0,
      enqueuedTime: new Date(),
      sequenceNumber: '1',
      applicationProperties: {},
    };
    expect(() => serviceBusTriggerInput(message)).toThrow(TypeError);
  });

  it('is refused for a trigger with dataType binary when it is an AMQP value, as .NET refuses it', () => {
    const message = {
      body: '{"a":1}',
      deliveryCount: 0,
      enqueuedTime: new Date(),
      sequenceNumber: '1',
      applicationProperties: {},
    };
    expect(() => serviceBusTriggerInput(message, true)).toThrow('dataType binary');
  });

  it('stays bytes for a trigger with dataType binary, and overrides nothing then', () => {
    const message = {
      body: Buffer.from('{"messageId":"forged"}'),
      messageId: 'real',
      deliveryCount: 0,
      enqueuedTime: new Date(),
      sequenceNumber: '1',
      applicationProperties: {},
    };
    const input = serviceBusTriggerInput(message, true);
    expect(input.data).toEqual({ bytes: message.body });
    expect(input.triggerMetadata?.MessageId).toEqual({ string: 'real' });
  });
});

describe('the trigger metadata of a Service Bus message', () => {
  it('counts deliveries from 1', async () => {
    expect((await handed({ body: '', deliveryCount: 0 })).metadata.deliveryCount).toBe(1);
    expect((await handed({ body: '', deliveryCount: 4 })).metadata.deliveryCount).toBe(5);
  });

  it('has the names of the real host, in camel case, and leaves out what the message does not have', async () => {
    const { metadata } = await handed({
      body: '',
      messageId: 'm-1',
      subject: 's',
      correlationId: 'c-1',
      contentType: 'text/plain',
      lockToken: 'token',
      sequenceNumber: '12',
      enqueuedTime: new Date('2026-11-22T17:33:14.120Z'),
      expiresAt: new Date('2026-11-23T00:00:00.000Z'),
    });
    expect(metadata).toEqual({
      deliveryCount: 1,
      lockToken: 'token',
      expiresAtUtc: '2026-11-23T00:00:00',
      expiresAt: '2026-11-23T00:00:00+00:00',
      enqueuedTimeUtc: '2026-11-22T17:33:14.12',
      enqueuedTime: '2026-11-22T17:33:14.12+00:00',
      messageId: 'm-1',
      contentType: 'text/plain',
      sequenceNumber: 12,
      subject: 's',
      label: 's',
      correlationId: 'c-1',
      applicationProperties: {},
      userProperties: {},
    });
  });

  it('ends at the end of the calendar for a message that never expires', async () => {
    expect((await handed({ body: '' })).metadata.expiresAtUtc).toBe('9999-12-31T23:59:59.9999999');
  });

  it('turns ids that look like JSON into what they look like, as the library does', async () => {
    const { metadata } = await handed({ body: '', messageId: '12345', correlationId: 'true' });
    expect(metadata).toMatchObject({ messageId: 12_345, correlationId: true });
  });

  it('loses digits of a sequence number above 2^53', async () => {
    expect((await handed({ body: '', sequenceNumber: '9007199254740993' })).metadata.sequenceNumber).toBe(
      9007199254740992,
    );
  });

  it('lower-cases the first letter of application property names, at every depth', async () => {
    const applicationProperties = {
      'Diagnostic-Id': 'x',
      Foo: 1,
      kept: { Inner: 2 },
      bytes: Buffer.from('hi'),
    };
    const { metadata } = await handed({ body: '', applicationProperties });
    expect(metadata.applicationProperties).toEqual({
      'diagnostic-Id': 'x',
      foo: 1,
      kept: { inner: 2 },
      bytes: 'aGk=',
    });
    expect(metadata.userProperties).toEqual(metadata.applicationProperties);
  });
});

describe('application properties with AMQP types of their own', () => {
  const ticks = (iso: string) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(Date.parse(iso)) * 10_000n + 621_355_968_000_000_000n);
    return bytes;
  };
  it.each([
    ['a timestamp', new Date('2026-09-21T14:13:20.120Z'), '2026-09-21T14:13:20.12Z'],
    ['a timestamp of a whole second', new Date('2026-09-21T14:13:20.000Z'), '2026-09-21T14:13:20Z'],
    ['a DateTimeOffset of .NET', ticks('2026-09-21T12:13:20.000Z'), '2026-09-21T12:13:20+00:00'],
    ['eight other bytes', Buffer.from('deadbeef'), 'ZGVhZGJlZWY='],
  ])('%s reads as .NET writes it', async (_what, value, text) => {
    const { metadata } = await handed({ body: '', applicationProperties: { value } });
    expect(metadata.applicationProperties).toEqual({ value: text });
  });
});

describe('top-level properties of a JSON body', () => {
  const forged = async (body: object | string, more: Partial<Message> = {}) =>
    (await handed({ ...more, body: typeof body === 'string' ? body : JSON.stringify(body) })).metadata;

  it('override what the broker says, whatever their case', async () => {
    const body = { MESSAGEID: 'forged', deliverycount: 9, LockToken: 'stolen', subject: 'from the body' };
    const metadata = await forged(body, { messageId: 'real', deliveryCount: 2, subject: 'real' });
    expect(metadata).toMatchObject({
      messageId: 'forged',
      deliveryCount: 9,
      lockToken: 'stolen',
      subject: 'from the body',
      label: 'real',
    });
    expect(metadata).not.toHaveProperty('mESSAGEID');
  });

  it('are added when the broker has no such name', async () => {
    expect(await forged({ Own: 'x', type: 'y' })).toMatchObject({ own: 'x', type: 'y' });
  });

  it('arrive as text: what parses as JSON is parsed, but booleans read True and False', async () => {
    const metadata = await forged({ a: '7', b: 7.5, c: true, d: false, e: 1e21 });
    expect(metadata).toMatchObject({ a: 7, b: 7.5, c: 'True', d: 'False', e: 1e21 });
  });

  it.each([
    ['2026-12-01T08:09:10Z', '12/01/2026 08:09:10'],
    ['2026-12-01T08:09:10.1234567', '12/01/2026 08:09:10'],
    ['2026-12-01T00:30:00+02:00', '11/30/2026 22:30:00'],
    ['2026-12-01', '2026-12-01'],
    ['2026-13-01T00:00:00Z', '2026-13-01T00:00:00Z'],
  ])('that hold the date %s read %s', async (time, expected) => {
    expect((await forged({ time })).time).toBe(expected);
  });

  it('that are objects arrive as objects, camel-cased at every depth', async () => {
    expect((await forged({ data: { Inner: { Deep: 1 } } })).data).toEqual({ inner: { deep: 1 } });
  });

  it('that are arrays or null change nothing', async () => {
    const metadata = await forged(
      { messageId: ['x'], subject: null },
      { messageId: 'real', subject: 'real' },
    );
    expect(metadata).toMatchObject({ messageId: 'real', subject: 'real' });
  });

  it.each(['[{"messageId":"forged"}]', '"text"', '{"messageId":"forged"', 'messageId: forged'])(
    'are not looked for in %s',
    async (body) => {
      expect((await forged(body, { messageId: 'real' })).messageId).toBe('real');
    },
  );
});

describe('the trace of a Service Bus message', () => {
  const trace = '0af7651916cd43dd8448eb211c80319c';
  const parent = `00-${trace}-b7ad6b7169203331-01`;

  it.each(['Diagnostic-Id', 'traceparent'])('comes from the application property %s', async (name) => {
    expect((await handed({ body: '', applicationProperties: { [name]: parent } })).trace).toMatch(
      new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`),
    );
  });

  it('is new when there is none', async () => {
    expect((await handed({ body: '' })).trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });
});
