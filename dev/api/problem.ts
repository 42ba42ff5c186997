import type { JsonObject } from '../../shared/domain/event/notification.ts';

/** One thing that is wrong with a request, or that nothing was done with. */
export const faultSchema: JsonObject = {
  type: 'object',
  required: ['path', 'message'],
  properties: {
    path: { type: 'string', description: 'Where: `data.to[0].user`; empty for the request as a whole.' },
    message: { type: 'string', description: 'The rule that was broken, and the remedy.' },
    rule: {
      type: 'string',
      description: 'The name of that rule, `too-long`: stable; absent where it has none.',
    },
    values: {
      type: 'object',
      additionalProperties: { type: ['string', 'number'] },
      description: 'What the rule says: `{ "most": 200 }`.',
    },
  },
};

/** RFC 9457, as every end point of ours answers what it refuses. */
export const problemSchema: JsonObject = {
  type: 'object',
  title: 'Problem',
  description: 'RFC 9457. `code` is stable; texts may change.',
  required: ['type', 'title', 'status', 'code', 'faults'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    faults: {
      type: 'array',
      items: { $ref: '#/components/schemas/Fault' },
    },
    error: { type: 'string', deprecated: true, description: 'Equal to `code`, in releases 1.x.' },
  },
};
