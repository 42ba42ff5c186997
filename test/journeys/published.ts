import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';

/** Publishes one event over HTTP, as an upstream service does; it is queued when this resolves. */
export async function published(
  functions: string,
  event: { readonly type?: string; readonly source: string; readonly data: object },
): Promise<void> {
  const answer = await fetch(`${functions}/api/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({
      specversion: '1.0',
      type: 'notification.requested',
      id: randomUUID(),
      ...event,
    }),
  });
  expect(answer.status).toBe(202);
}
