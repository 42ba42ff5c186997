import { HttpRequest, InvocationContext } from '@azure/functions';
import { expect, it } from 'vitest';
import { messages } from '../../functions/messages.ts';
import { RecordingLog } from '../support/fakes/recording-log.ts';

async function answered(body: string, process: () => Promise<{ readonly status: number }>) {
  const url = 'http://127.0.0.1/api/messages';
  const request = new HttpRequest({ method: 'POST', url, body: { string: body } });
  const handle = messages({ inbound: { process }, log: new RecordingLog() });
  return handle(request, new InvocationContext({ logHandler: () => {} }));
}

it.each(['{"type":', '', 'hello'])(
  'answers %j, which is no JSON, with a problem of RFC 9457',
  async (body) => {
    const answer = await answered(body, () => Promise.reject(new Error('is not asked')));
    expect(answer).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      jsonBody: {
        type: 'urn:notifier:problem:invalid-request',
        status: 400,
        code: 'invalid-request',
        faults: [{ path: 'body', message: 'must be an activity as a JSON object' }],
      },
    });
  },
);

it('answers what could not be handled with another problem', async () => {
  const answer = await answered('{"type":"message"}', () => Promise.reject(new Error('the reason')));
  expect(answer).toMatchObject({ status: 500, jsonBody: { code: 'not-handled', faults: [] } });
  expect(JSON.stringify(answer)).not.toContain('the reason');
});
