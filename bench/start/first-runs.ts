import { conversationKey, notificationId } from '../../shared/domain/ids.ts';

const nobody = {
  notification: notificationId('urn:bench', 'none'),
  conversation: conversationKey('msteams', 'a:none'),
};
const event = {
  specversion: '1.0',
  type: 'notification.requested',
  source: 'urn:bench',
  id: 'first-run',
  data: { to: { conversation: nobody.conversation }, text: 'first' },
};

/** How each function is run for the first time, where its trigger is not waited for. */
export const firstRuns: readonly {
  readonly name: string;
  /** The text of `POST /admin/functions/<name>`. */
  readonly input?: string;
  /** A request to the function itself; without either, a person's message. */
  readonly request?: { readonly path: string; readonly method: 'GET' | 'POST'; readonly body?: string };
}[] = [
  { name: 'messages' },
  { name: 'publish', request: { path: '/api/events', method: 'POST', body: JSON.stringify(event) } },
  { name: 'notifications', request: { path: '/api/notifications?source=urn:bench&id=none', method: 'GET' } },
  { name: 'health', request: { path: '/api/health', method: 'GET' } },
  { name: 'events', input: JSON.stringify(event) },
  { name: 'deliveries', input: JSON.stringify({ call: { ...nobody, version: 0, hop: 0 } }) },
  { name: 'heartbeat', input: '' },
  { name: 'reminders', input: '' },
];
