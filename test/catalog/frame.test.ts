import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFinished } from '../../shared/catalog/build-finished.ts';
import { type Frame, framed, inPlainText } from '../../shared/catalog/frame.ts';

const frame: Frame = {
  why: 'You get this because you subscribed to **builds**.',
  buttons: [
    { title: 'Unsubscribe', command: 'unsubscribe builds' },
    { title: 'Mute 1 hour', command: 'mute builds for 1 hour' },
  ],
};

const line = { type: 'TextBlock', text: frame.why, isSubtle: true, size: 'Small', wrap: true };
const buttons = {
  type: 'ActionSet',
  spacing: 'Small',
  actions: [
    { type: 'Action.Submit', title: 'Unsubscribe', data: { notifier: 'unsubscribe builds' } },
    { type: 'Action.Submit', title: 'Mute 1 hour', data: { notifier: 'mute builds for 1 hour' } },
  ],
};

describe('a frame', () => {
  it('stands below a card, whose own buttons stay above it', () => {
    const content = buildFinished.render(buildFinished.example, { locale: 'en', timeZone: 'UTC' });
    const { card } = framed(content, frame);
    const body = card?.body as readonly object[];
    expect(body.slice(0, 2)).toEqual(content.card?.body);
    expect(body.slice(2)).toEqual([
      { type: 'ActionSet', actions: content.card?.actions },
      { type: 'Container', separator: true, spacing: 'Large', items: [line, buttons] },
    ]);
    expect(card).not.toHaveProperty('actions');
    expect(card).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
  });

  it('is a small card of its own below a text, which stays as it is', () => {
    const { text, card } = framed({ text: 'The canteen closes' }, frame);
    expect(text).toBe('The canteen closes');
    expect(card?.body).toEqual([line, buttons]);
  });

  it('has no empty row where there is nothing to press', () => {
    const { card } = framed({ text: 'x' }, { why: 'You asked.', buttons: [] });
    expect(card?.body).toHaveLength(1);
  });

  it('leaves whatever else a card says as it is, and survives one without a body', () => {
    const card = { type: 'AdaptiveCard', version: '1.0', lang: 'de', msteams: { width: 'Full' } };
    expect(framed({ card }, frame).card).toMatchObject({ ...card, body: [{ type: 'Container' }] });
  });
});

describe('where a channel shows no cards', () => {
  it('a card becomes text: what it says, where its buttons lead, why, and what to say', () => {
    const content = buildFinished.render(buildFinished.example, { locale: 'en', timeZone: 'UTC' });
    expect(inPlainText(content, 'Build', frame)).toEqual({
      summary: 'Build web #1482 failed on main',
      text: [
        'Build web #1482 failed on main',
        'Open the build: https://builds.example/web/1482',
        frame.why,
        'Unsubscribe: unsubscribe builds\nMute 1 hour: mute builds for 1 hour',
      ].join('\n\n'),
    });
  });

  it('a card without summary is read from top to bottom', () => {
    const card = {
      type: 'AdaptiveCard',
      body: [
        { type: 'TextBlock', text: 'Lunch' },
        { type: 'ColumnSet', columns: [{ type: 'Column', items: [{ type: 'TextBlock', text: 'Soup' }] }] },
        { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'hot' }] },
        { type: 'FactSet', facts: [{ title: 'Price', value: '4 EUR' }] },
      ],
    };
    expect(inPlainText({ card }, 'Notification').text).toBe('Lunch\nSoup\nhot\nPrice: 4 EUR');
    expect(inPlainText({ card: { type: 'AdaptiveCard', body: [] } }, 'Notification').text).toBe(
      'Notification',
    );
  });

  it('the text begins with the notification’s own, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.boolean(), (text, withFrame) => {
        const shown = inPlainText({ text }, 'Notification', withFrame ? frame : undefined);
        return shown.text.startsWith(text) && !('card' in shown);
      }),
    );
  });
});
