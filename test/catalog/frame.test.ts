import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Frame, inPlainText } from '../../shared/catalog/frame.ts';
import { entryOf } from '../../shared/kinds/catalog.ts';

const entry = entryOf('build.finished');
if (entry === undefined) throw new Error('the kind is known');

const frame: Frame = {
  why: 'You get this because you subscribed to **builds**.',
  buttons: [
    { title: 'Unsubscribe', command: 'unsubscribe builds' },
    { title: 'Mute 1 hour', command: 'mute builds for 1 hour' },
  ],
};

describe('where a channel shows no cards', () => {
  it('a card becomes text: what it says, where its buttons lead, why, and what to say', () => {
    const content = entry.render(entry.example, { locale: 'en', timeZone: 'UTC' });
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

  it('what is asked stands below what the card says, with what each button says', () => {
    const card = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'Lunch is at twelve' }] };
    const buttons = [{ title: 'Soup', command: 'answer x 1' }];
    expect(inPlainText({ card, remark: 'Choose one:', buttons }, 'Notification').text).toBe(
      'Lunch is at twelve\n\nChoose one:\n\nSoup: answer x 1',
    );
    const told = inPlainText({ card, remark: 'Choose one:', buttons, suggestions: ['Soup'] }, 'Notification');
    expect(told).toEqual({ text: 'Lunch is at twelve\n\nChoose one:', suggestions: ['Soup'] });
  });
});
