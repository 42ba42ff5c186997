import { describe, expect, it } from 'vitest';
import type { ChannelAccount, Conversation } from '../../../shared/domain/conversation/conversation.ts';
import { type Vouching, vouchesForAll } from '../../../shared/domain/identity/vouching.ts';
import { catalog } from '../../../shared/kinds/catalog.ts';
import { QueueUnavailable } from '../../../shared/ports/queues.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { recordAnswer } from '../../../shared/use-cases/conversation/record-answer.ts';
import { aConversation, aNotification, aResult } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { InMemoryOutcomeQueue } from '../../support/fakes/queues/in-memory-queues.ts';
import { inMemoryStores } from '../../support/fakes/stores/in-memory-stores.ts';
import { Watch } from '../../support/fakes/watch.ts';

async function aSurvey(more: object = { replyTo: 'outcomes' }, vouching: Vouching = vouchesForAll) {
  const clock = new FakeClock();
  const watch = new Watch();
  const { notifications, answers, ledger, addressees } = inMemoryStores({ clock });
  const outcomes = new InMemoryOutcomeQueue(clock);
  const notification = aNotification({
    type: 'survey.requested',
    data: { to: { everyone: true }, question: 'Lunch?', choices: ['Yes', 'No'], ...more },
  });
  await notifications.acceptNotification(notification);
  const conversation = aConversation({ user: { id: '29:ana', aadObjectId: 'ana@aad' } });
  await ledger.recordOutcome({ notification: notification.id, conversation: conversation.key }, aResult());
  const record = recordAnswer({
    notifications,
    ledger,
    addressees,
    vouching,
    kinds: catalog,
    answers: watch.over('answers', answers),
    outcomes: watch.over('outcomes', outcomes),
  });
  const give = (index: number, turn: string, where: Conversation = conversation, speaker?: ChannelAccount) =>
    record({
      notification: notification.id,
      conversation: where,
      index,
      at: clock.now(),
      turn,
      ...(speaker === undefined ? {} : { speaker }),
    });
  return { watch, clock, outcomes, notification, conversation, answers: give };
}

describe('an answer', () => {
  it('is kept, and told to the service that asked', async () => {
    const survey = await aSurvey();
    expect(await survey.answers(1, 'a')).toEqual({ kind: 'recorded', choice: 'No' });
    expect(survey.outcomes.takeAll()).toEqual([
      {
        specversion: '1.0',
        id: `${survey.notification.id}.${survey.conversation.key}.${survey.clock.now()}`,
        source: '/answers',
        type: 'survey.answered',
        subject: `${survey.notification.id}/${survey.conversation.key}`,
        time: survey.clock.now(),
        sequence: String(survey.clock.now()),
        data: {
          question: 'Lunch?',
          choice: 'No',
          event: { source: survey.notification.source, id: survey.notification.eventId },
          notification: survey.notification.id,
          addressee: survey.conversation.key,
          conversation: survey.conversation.key,
          user: 'ana@aad',
        },
      },
    ]);
  });

  it('of the same turn is the same answer; one of a later turn takes its place, and is told', async () => {
    const survey = await aSurvey();
    await survey.answers(1, 'a');
    expect(await survey.answers(1, 'a')).toEqual({ kind: 'recorded', choice: 'No' });
    expect(await survey.answers(0, 'b')).toEqual({ kind: 'recorded', choice: 'Yes' });
    const told = survey.outcomes.takeAll();
    expect(told.map(({ data }) => data.choice)).toEqual(['No', 'Yes']);
    expect(Number(told[1]?.sequence)).toBe(Number(told[0]?.sequence) + 1);
  });

  it('to a service that did not ask for it is published to nobody', async () => {
    const survey = await aSurvey({});
    await survey.answers(0, 'a');
    expect(survey.outcomes.sent).toEqual([]);
  });

  it('that is none of the choices is no answer', async () => {
    const survey = await aSurvey();
    const none = { kind: 'no-choice', choices: ['Yes', 'No'] };
    expect([await survey.answers(2, 'a'), await survey.answers(-1, 'a')]).toEqual([none, none]);
    expect(survey.outcomes.sent).toEqual([]);
  });

  it('from a conversation that was never asked is none, whoever knows its id', async () => {
    const survey = await aSurvey();
    const stranger = aConversation({ user: { id: '29:ana', aadObjectId: 'ana@aad' } });
    expect(await survey.answers(0, 'a', stranger)).toEqual({ kind: 'no-question' });
    expect(survey.outcomes.sent).toEqual([]);
  });

  it('among several is each one’s own where the channel says who is who, elsewhere one for all', async () => {
    for (const [channels, answers] of [
      [new Set(['msteams']), 2],
      [new Set(['slack']), 1],
    ] as const) {
      const survey = await aSurvey({ replyTo: 'outcomes' }, { channels });
      const where = { ...survey.conversation, conversationType: 'groupChat' } as const;
      await survey.answers(0, 'a', where, { id: '29:ana' });
      await survey.answers(1, 'b', where, { id: '29:ben' });
      const ids = survey.outcomes.takeAll().map(({ id }) => id.slice(0, id.lastIndexOf('.')));
      expect(new Set(ids).size).toBe(answers);
    }
  });

  it('names nobody to the service where nobody vouches for the id', async () => {
    const survey = await aSurvey({ replyTo: 'outcomes' }, { channels: new Set(['slack']) });
    await survey.answers(0, 'a');
    expect(survey.outcomes.takeAll()[0]?.data).not.toHaveProperty('user');
  });

  it.each([
    ['outcomes.publishOutcomes', 'before', new QueueUnavailable('outcomes', new Error('away'))],
    ['outcomes.publishOutcomes', 'after', new QueueUnavailable('outcomes', new Error('away'))],
    ['answers.keepAnswer', 'after', new StoreUnavailable('a test', new Error('503'))],
    ['answers.markPublished', 'before', new StoreUnavailable('a test', new Error('503'))],
  ] as const)('that fails at %s, %s it, is published once when it comes again', async (call, when, error) => {
    const survey = await aSurvey();
    survey.watch.failNext(call, { error, when });
    await expect(survey.answers(0, 'a')).rejects.toBe(error);
    expect(await survey.answers(0, 'a')).toEqual({ kind: 'recorded', choice: 'Yes' });
    expect(survey.outcomes.sent.map(({ message }) => message.data.choice)).toEqual(['Yes']);
  });
});
