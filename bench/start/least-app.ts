import { app } from '@azure/functions';

// The least that can answer an activity: what the platform itself takes.
app.http('messages', { methods: ['POST'], route: 'messages', handler: () => ({ status: 200 }) });
