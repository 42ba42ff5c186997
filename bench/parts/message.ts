export const APP_ID = '11111111-2222-4333-8444-555555555555';
/** As long as a real one. */
export const TOKEN = 'x'.repeat(1200);

export const message = { text: 'Build #42 of **web** failed on `main`.' };

export function reference(serviceUrl: string) {
  return {
    channelId: 'msteams',
    serviceUrl,
    conversationId: 'a:1pL6i0oY3C0K8oAj8bQ',
    conversationType: 'personal' as const,
    tenantId: 'tenant',
    bot: { id: '28:bot', name: 'Notifier' },
    user: { id: '29:ada', name: 'Ada', aadObjectId: 'object-of-ada' },
  };
}
