import { describe, expect, it } from 'vitest';
import { double } from '../../../../shared/adapters/table/row/row.ts';
import {
  fromOData,
  fromODataPage,
  keysPath,
  toOData,
} from '../../../../shared/adapters/table/wire/odata-row.ts';

const keys = { partitionKey: 'p', rowKey: 'r' };

describe('a row on its way to the table service', () => {
  it('carries the types that JSON does not tell, and leaves out what has no value', () => {
    const bytes = new Uint8Array([0, 1, 2, 255]).subarray(1);
    const row = { ...keys, text: 'Grüße', whole: 7, at: double(1e12), yes: true, none: undefined, bytes };
    expect(JSON.parse(toOData(row))).toEqual({
      PartitionKey: 'p',
      RowKey: 'r',
      text: 'Grüße',
      whole: 7,
      at: 1e12,
      'at@odata.type': 'Edm.Double',
      yes: true,
      bytes: 'AQL/',
      'bytes@odata.type': 'Edm.Binary',
    });
  });

  it('is named by keys that may hold anything', () => {
    expect(keysPath({ partitionKey: "o'b/é?#%+&", rowKey: 'd:x=' })).toBe(
      "(PartitionKey='o''b%2F%C3%A9%3F%23%25%2B%26',RowKey='d%3Ax%3D')",
    );
  });
});

describe('a row on its way back', () => {
  it('has its keys, its tag and its own properties, and nothing of the service', () => {
    const row = fromOData({
      'odata.metadata': 'http://example/$metadata#people/@Element',
      'odata.etag': 'W/"1"',
      PartitionKey: 'p',
      RowKey: 'r',
      Timestamp: '2026-11-28T00:00:00Z',
      'at@odata.type': 'Edm.Double',
      at: 5,
      'bytes@odata.type': 'Edm.Binary',
      bytes: 'AQL/',
      text: 'AQL/',
    });
    expect(row).toEqual({ ...keys, etag: 'W/"1"', at: 5, bytes: Buffer.from([1, 2, 255]), text: 'AQL/' });
  });

  it('has an empty tag where the service leaves it out', () => {
    expect(fromOData({ PartitionKey: 'p', RowKey: 'r' })).toEqual({ ...keys, etag: '' });
  });

  it.each([{ RowKey: 'r' }, 'row', null, [keys]])('is not %j', (entity) => {
    expect(() => fromOData(entity)).toThrow(/^the service gave/);
  });

  it('comes in pages', () => {
    expect(fromODataPage({ value: [{ PartitionKey: 'p', RowKey: 'r' }] })).toEqual([{ ...keys, etag: '' }]);
    expect(() => fromODataPage({})).toThrow(/no rows/);
  });
});
