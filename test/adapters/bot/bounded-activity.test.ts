import { describe, expect, it } from 'vitest';
import { parseActivity } from '../../../shared/adapters/bot/activity/inbound-activity.ts';
import { fromActivity } from '../../../shared/adapters/bot/activity/sighting.ts';
import { LONGEST_ID } from '../../../shared/domain/conversation/channel-text.ts';

const activity = {
  type: 'message',
  id: 'activity-1',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '29:ana', name: 'Ana' },
  recipient: { id: '28:bot', name: 'Notifier' },
  conversation: { id: 'a:1', conversationType: 'personal' },
  text: 'help',
};
const x = (length: number) => 'x'.repeat(length);

function read(fields: object) {
  const parsed = parseActivity({ ...activity, ...fields }, '28:bot');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

describe('an activity from outside', () => {
  it.each([
    ['channelId', 1024, { channelId: x(1025) }],
    ['serviceUrl', 2048, { serviceUrl: `https://smba.trafficmanager.net/${x(2048)}` }],
    ['conversation.id', 1024, { conversation: { id: x(1025) } }],
    ['from.id', 1024, { from: { id: x(1025) } }],
  ])('is refused where its %s is longer than %d characters', (path, most, fields) => {
    expect(parseActivity({ ...activity, ...fields }, '28:bot')).toEqual({
      ok: false,
      faults: [{ path, message: `must have at most ${most} characters` }],
    });
  });

  it('keeps ids up to that length', () => {
    expect(read({ conversation: { id: x(1024) } }).conversation.id).toHaveLength(1024);
  });

  it.each([
    ['id', { id: x(1025) }],
    ['replyToId', { replyToId: x(1025) }],
    ['locale', { locale: `de-${x(100)}` }],
    ['localTimezone', { localTimezone: x(101) }],
  ])('goes on without a %s that is too long', (field, fields) => {
    expect(read(fields)).not.toHaveProperty(field, expect.anything());
  });

  it.each([
    { notifier: x(100_001) },
    { list: Array.from({ length: 100_001 }, () => 0) },
    JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown,
  ])('empties the value of a press that is too large or too deep', (value) => {
    expect(read({ value }).value).toEqual({});
  });

  it('is refused without a channel', () => {
    expect(parseActivity({ ...activity, channelId: undefined }, '28:bot')).toEqual({
      ok: false,
      faults: [{ path: 'channelId', message: 'is required and must be a non-empty string' }],
    });
  });

  it('keeps the value of a press as it was', () => {
    const value = { notifier: `subscribe ${x(90_000)}`, more: [1, { a: null }] };
    expect(read({ value }).value).toEqual(value);
  });

  it('cuts names between characters, and drops other ids that are too long', () => {
    const { from, conversation } = read({
      from: { id: '29:ana', name: `${x(255)}\u{1f600}`, aadObjectId: x(LONGEST_ID + 1) },
      conversation: { id: 'a:1', name: x(1000), tenantId: x(LONGEST_ID + 1) },
    });
    expect(from).toEqual({ id: '29:ana', name: x(255) });
    expect(conversation).toEqual({ id: 'a:1', name: x(256) });
  });

  it('names so many things at most', () => {
    const entities = Array.from({ length: 1000 }, () => ({ type: 'mention' }));
    expect(read({ entities }).entities).toHaveLength(250);
  });

  it('tells no more of where people are than can be stored', () => {
    const sighting = fromActivity(
      read({
        channelData: {
          tenant: { id: x(LONGEST_ID + 1) },
          team: { id: 'team', name: x(5000) },
          channel: { id: x(LONGEST_ID + 1), name: 'General' },
        },
        entities: [{ type: 'clientInfo', timezone: x(10_000) }],
        locale: x(100),
      }),
    );
    expect(sighting?.reference).toMatchObject({ team: { id: 'team', name: x(256) } });
    expect(JSON.stringify(sighting).length).toBeLessThan(1000);
  });
});
