import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTraceparent, parseCloudEvent, toStructured } from '../../../shared/domain/event/cloud-event.ts';

const good = { specversion: '1.0', id: '1', source: 'urn:s', type: 't', data: {} };

describe('a CloudEvent', () => {
  it('reads back what it writes', () => {
    const event = parseCloudEvent({
      ...good,
      subject: 's',
      time: '2026-11-22T10:00:00.000Z',
      data: { a: [1, 'ü'] },
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    });
    expect(event.ok && parseCloudEvent(JSON.parse(JSON.stringify(toStructured(event.value))))).toEqual(event);
  });

  it.each([
    ['specversion', { ...good, specversion: '0.3' }],
    ['id', { ...good, id: '' }],
    ['source', { ...good, source: 7 }],
    ['type', { ...good, type: undefined }],
    ['subject', { ...good, subject: 7 }],
    ['time', { ...good, time: 'yesterday' }],
    ['data', { ...good, data: [1] }],
    ['data', { ...good, data: undefined }],
    ['datacontenttype', { ...good, datacontenttype: 'text/xml' }],
    ['id', { ...good, id: 'x'.repeat(1025) }],
    ['id', { ...good, id: '\ud800' }],
  ])('names the fault in "%s"', (path, input) => {
    const result = parseCloudEvent(input);
    expect(result.ok ? [] : result.faults.map((fault) => fault.path)).toEqual([path]);
  });

  it('names every fault at once', () => {
    const result = parseCloudEvent({});
    expect(result.ok ? [] : result.faults.map((fault) => fault.path)).toEqual([
      'specversion',
      'id',
      'source',
      'type',
      'data',
    ]);
  });

  it('takes nothing that is not an envelope, and survives anything', () => {
    for (const input of [null, undefined, '', 'text', 7, true, [], [good]])
      expect(parseCloudEvent(input).ok).toBe(false);
    fc.assert(
      fc.property(fc.anything(), (input) => {
        parseCloudEvent(input);
      }),
    );
  });

  it('drops a trace context that is none, because a trace is never worth losing an event', () => {
    const result = parseCloudEvent({ ...good, traceparent: '00-zz-1-01' });
    expect(result).toEqual({ ok: true, value: { ...good } });
    expect(isTraceparent(`00-${'0'.repeat(32)}-b7ad6b7169203331-01`)).toBe(false);
  });
});
