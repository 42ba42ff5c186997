import { describe, expect, it } from 'vitest';
import { aKindChat } from '../../../../test/support/kind-chat.ts';
import { sampleKind } from './sample-kind.ts';

describe('sample.kind', () => {
  it('tells whoever follows it, and nobody else', async () => {
    const chat = await aKindChat(sampleKind);
    await chat.publish('sample.kind', { name: 'first', text: 'Before.' });
    expect(await chat.hears('follow sample kind First')).toContain('Done.');
    await chat.publish('sample.kind', { name: 'first', text: 'It broke.' });
    await chat.publish('sample.kind', { name: 'second', text: 'Of another one.' });
    expect(chat.told()).toEqual(['first: It broke.']);
  });

  it('tells nothing more when that was ended, and forgets it with the person', async () => {
    const chat = await aKindChat(sampleKind);
    await chat.says('follow sample kind first');
    expect(await chat.hears('unfollow sample kind first')).toContain('Done.');
    await chat.publish('sample.kind', { name: 'first', text: 'It broke.' });
    expect(chat.told()).toEqual([]);
    await chat.says('follow sample kind first');
    expect(await chat.exported()).toMatchObject({ sampleKind: [{ since: expect.any(Number) }] });
    await chat.forgets();
    expect(await chat.exported()).toMatchObject({ sampleKind: [] });
  });
});
