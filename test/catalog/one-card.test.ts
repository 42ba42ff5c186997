import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame, Telling } from '../../shared/catalog/frame.ts';
import { inOneCard, toastOf, withoutMarks } from '../../shared/catalog/one-card.ts';
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
const why = { type: 'TextBlock', text: frame.why, isSubtle: true, size: 'Small', wrap: true };
const row = {
  type: 'ActionSet',
  spacing: 'Small',
  actions: [
    { type: 'Action.Submit', title: 'Unsubscribe', data: { notifier: 'unsubscribe builds' } },
    { type: 'Action.Submit', title: 'Mute 1 hour', data: { notifier: 'mute builds for 1 hour' } },
  ],
};
const dots = {
  type: 'Column',
  width: 'auto',
  verticalContentAlignment: 'Center',
  selectAction: {
    type: 'Action.ToggleVisibility',
    title: 'Unsubscribe, Mute 1 hour',
    targetElements: ['notifier-options'],
  },
  items: [{ type: 'TextBlock', text: '\u2022\u2022\u2022', weight: 'Bolder' }],
};
const end = {
  type: 'Container',
  separator: true,
  spacing: 'Large',
  items: [
    {
      type: 'ColumnSet',
      spacing: 'Small',
      columns: [{ type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items: [why] }, dots],
    },
    { type: 'Container', id: 'notifier-options', isVisible: false, spacing: 'Small', items: [row] },
  ],
};

/** The body of the one card. */
const bodyOf = (telling: Telling, kind: string, frame?: Frame) =>
  inOneCard(telling, kind, { frame }).card.body;

describe('one card with all of a message', () => {
  it('says why quietly at its end, below the card’s own buttons', () => {
    const content = entry.render(entry.example, { locale: 'en', timeZone: 'UTC' });
    const { card, summary } = inOneCard(content, 'Build', { frame });
    const body = card.body as readonly object[];
    expect(body.slice(0, 2)).toEqual(content.card?.body);
    expect(body.slice(2)).toEqual([{ type: 'ActionSet', actions: content.card?.actions }, end]);
    expect(card).not.toHaveProperty('actions');
    expect(card).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
    expect(summary).toBe(content.summary);
  });

  it('begins with the text, unchanged and larger than the reason', () => {
    const text = 'The canteen closes at **14:00**';
    const { card, summary } = inOneCard({ text }, 'Notification', { frame });
    expect(card.body).toEqual([{ type: 'TextBlock', text, wrap: true, size: 'Medium' }, end]);
    expect(summary).toBe('The canteen closes at 14:00');
  });

  it.each([
    ['more than 120 characters', 'x'.repeat(121)],
    ['several lines', 'one\n\ntwo'],
  ])('sets a text of %s as any other', (_what, text) => {
    expect(bodyOf({ text }, 'Notification', frame)).toEqual([{ type: 'TextBlock', text, wrap: true }, end]);
  });

  it('leaves the headline to a card that has one, and says nothing twice', () => {
    const title = { type: 'TextBlock', text: 'Build 1 failed', weight: 'Bolder' };
    const card = { type: 'AdaptiveCard', body: [title] };
    expect(bodyOf({ text: 'on main', card }, 'x')).toEqual([
      { type: 'TextBlock', text: 'on main', wrap: true },
      title,
    ]);
    expect(bodyOf({ text: 'Build 1 failed', card }, 'x')).toEqual([title]);
  });

  it('keeps the card’s own buttons where nothing follows them', () => {
    const actions = [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://x.example' }];
    const { card } = inOneCard({ text: 'x', card: { type: 'AdaptiveCard', actions } }, 'x');
    expect(card.actions).toEqual(actions);
  });

  it('has what is asked and its buttons between the content and the reason, six in a row', () => {
    const buttons = Array.from({ length: 8 }, (_, index) => ({ title: `${index}`, command: `say ${index}` }));
    const body = bodyOf({ text: 'How was it?', remark: 'Choose one:', buttons }, 'Survey', frame);
    expect(body).toMatchObject([
      { text: 'How was it?' },
      { text: 'Choose one:' },
      { type: 'ActionSet', actions: buttons.slice(0, 6).map(({ title }) => ({ title })) },
      { type: 'ActionSet', actions: buttons.slice(6).map(({ title }) => ({ title })) },
      end,
    ]);
  });

  it('has the key of its message in each button that is added', () => {
    const buttons = [{ title: 'Yes', command: 'say yes' }];
    const around = { frame, message: 'a message of forty-three characters' };
    const json = JSON.stringify(inOneCard({ text: 'x', buttons }, 'Survey', around).card);
    expect(json.match(/"data":{[^}]*}/g)).toEqual([
      '"data":{"notifier":"say yes","notifierPress":"a message of for"}',
      ...frame.buttons.map(
        ({ command }) => `"data":{"notifier":"${command}","notifierPress":"a message of for"}`,
      ),
    ]);
  });

  it('has no empty row where there is nothing to press', () => {
    expect(bodyOf({ text: 'x' }, 'x', { why: 'You asked.', buttons: [] })).toMatchObject([
      { text: 'x' },
      { items: [{ text: 'You asked.' }] },
    ]);
  });

  it('leaves whatever else a card says as it is, and survives one without a body', () => {
    const card = { type: 'AdaptiveCard', version: '1.0', lang: 'de', msteams: { width: 'Full' } };
    expect(inOneCard({ card }, 'Notification', { frame })).toEqual({
      card: { ...card, body: [end] },
      summary: 'Notification',
    });
  });

  it('begins with the text, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.boolean(), (text, withFrame) => {
        const body = bodyOf({ text }, 'Notification', withFrame ? frame : undefined);
        expect(body).toMatchObject([{ type: 'TextBlock', text }, ...(withFrame ? [end] : [])]);
      }),
    );
  });
});

describe('a toast', () => {
  it.each([
    ['**Build** `web` [failed](https://x.example/1)', 'Build web failed'],
    ['snake_case and 2*3 stay,\n\nlines do not', 'snake_case and 2*3 stay, lines do not'],
    ['word '.repeat(60), `${'word '.repeat(32)}word…`],
  ])('of %j is plain, in one line and short', (text, toast) => {
    expect(toastOf(text)).toBe(toast);
  });

  it('is well-formed and bounded, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        const toast = toastOf(text);
        return toast.isWellFormed() && toast.length <= 450;
      }),
    );
  });
});

describe('a text without the marks of Markdown', () => {
  it.each([
    ['Build is **red**', 'Build is red'],
    ['see [the log](https://ci.example/1) and `npm test`', 'see the log and npm test'],
    ['# Title\n*so* _it_ ~~was~~', 'Title\nso it was'],
    ['2 * 3 * 4, a_b_c and x__y__z', '2 * 3 * 4, a_b_c and x__y__z'],
    ['\\*not\\* a \\[link\\](x)', '*not* a [link](x)'],
  ])('%j is %j', (text, bare) => expect(withoutMarks(text)).toBe(bare));
});
