import { describe, expect, it } from 'vitest';
import { forgetRequest } from '../../../shared/domain/conversation/forgetting.ts';
import { jobName, parseJob, toJobBody } from '../../../shared/domain/event/job.ts';
import { personKey } from '../../../shared/domain/ids.ts';
import { aConversation } from '../../support/builders.ts';

describe('a request to forget somebody', () => {
  const { key, tenant } = aConversation();
  const persons = ['29:ada', 'f00d'].map(personKey);
  const request = forgetRequest({
    conversation: key,
    tenant,
    channelId: 'msteams',
    scope: 'person',
    persons,
    at: 5,
  });
  const job = { kind: 'forget', request, hop: 2 } as const;

  it('goes by one name in a conversation of the person’s own, and by another for each person in a group', () => {
    expect(forgetRequest({ ...request, scope: 'conversation' }).id).toBe(key);
    expect(request.id).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(request.id).not.toBe(key);
    expect(forgetRequest({ ...request, persons: [personKey('29:bob')] }).id).not.toBe(request.id);
  });

  it('travels as a job, and names nobody', () => {
    const body = JSON.stringify(toJobBody(job));
    expect(parseJob(JSON.parse(body))).toEqual({ ok: true, value: job });
    expect(body).not.toMatch(/29:ada|f00d/);
    expect(jobName({ ...job, hop: 3 })).not.toBe(jobName(job));
    expect(jobName({ ...job, request: { ...request, at: 6 } })).not.toBe(jobName(job));
  });

  it.each([
    { id: '' },
    { conversation: 'x' },
    { tenant: 'x' },
    { scope: 'all' },
    { persons: ['29:ada'] },
    { persons: 'x' },
    { at: '5' },
    { channelId: 5 },
  ])('is no request with %j', (wrong) => {
    const read = parseJob({ job: { ...job, request: { ...request, ...wrong } } });
    expect(read.ok ? [] : read.faults.map(({ path }) => path)).toEqual(['job.request']);
  });
});
