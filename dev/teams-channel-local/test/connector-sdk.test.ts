import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationParameters,
  type ConversationReference,
  MessageFactory,
  TurnContext,
} from 'botbuilder';
import { expect, it } from 'vitest';
import { install, say, texts } from './client.ts';
import { channelWithBot } from './fixture.ts';

const local = channelWithBot();

/** The reference that a bot keeps of the conversation, taken from what the channel posted. */
async function referenceOf(key: string): Promise<Partial<ConversationReference>> {
  await install(local.channel, key);
  await say(local.channel, key, 'remember me');
  const received = await local.bot.receives((activity) => activity.type === 'message');
  // The SDK dates what it parses; a reference needs only ids, which are texts on both sides.
  return TurnContext.getConversationReference(received as unknown as Activity);
}

it('Bot Framework\u2019s own adapter sends, updates and deletes through a stored reference', async () => {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const reference = await referenceOf('ana');
  await adapter.continueConversationAsync('', reference, async (context) => {
    await context.sendActivity('proactive');
    const draft = await context.sendActivity('draft');
    await context.updateActivity({ ...MessageFactory.text('final'), id: draft?.id ?? '' });
    const wrong = await context.sendActivity('never mind');
    await context.deleteActivity(wrong?.id ?? '');
  });
  expect(texts(local.channel, 'ana')).toEqual(['remember me', 'proactive', 'final', 'never mind']);
  expect(local.channel.transcript('ana')[3]).toMatchObject({ deleted: true });
});

it('the adapter creates a conversation for a person whom the bot knows', async () => {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const { user, serviceUrl = '', conversation } = await referenceOf('ben');
  const parameters = {
    isGroup: false,
    members: [{ id: user?.id ?? '', name: '' }],
  } as ConversationParameters; // The rest is optional on the wire.
  let created: string | undefined;
  await adapter.createConversationAsync('', 'msteams', serviceUrl, '', parameters, async (context) => {
    created = context.activity.conversation.id;
    await context.sendActivity('from a creation');
  });
  expect(created).toBe(conversation?.id);
  expect(texts(local.channel, 'ben')).toContain('from a creation');
});

it('the adapter\u2019s error carries the channel\u2019s code', async () => {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const reference = await referenceOf('ana');
  local.channel.fault({ kind: '403', code: 'MessageWritesBlocked' });
  const sending = adapter.continueConversationAsync('', reference, async (context) => {
    await context.sendActivity('refused');
  });
  await expect(sending).rejects.toMatchObject({ statusCode: 403, code: 'ConversationBlockedByUser' });
});
