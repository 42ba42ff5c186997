import { describe, expect, it } from 'vitest';
import { spellingOfCard } from '../../shared/catalog/card-spelling.ts';

const card = (body: readonly unknown[], more: object = {}) => ({
  ...{ type: 'AdaptiveCard', $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', version: '1.5' },
  ...{ body, ...more },
});
const told = (value: unknown) => {
  const { faults, warnings } = spellingOfCard(value, 'card');
  const inWords = ({ path, message }: (typeof faults)[number]) => `${path} ${message}`;
  return { faults: faults.map(inWords), warnings: warnings.map(inWords) };
};

describe('the spelling of a card', () => {
  it.each([
    [card([{ type: 'TextBlok', text: 'Hi' }]), /^card\.body\[0\]\.type .*did you mean TextBlock\?$/],
    [
      card([], { actions: [{ type: 'Action.OpenURL', url: 'https://a.example' }] }),
      /did you mean Action\.OpenUrl\?$/,
    ],
    [{ type: 'AdaptiveCard', version: '1.5', bdy: [] }, /^card\.body must have "body" or "actions"/],
    [card([{ type: 'TextBlock', txt: 'Hi' }]), /^card\.body\[0\]\.text must have "text"/],
    [card([{ type: 'Image', url: 'pictures/a.png' }]), /^card\.body\[0\]\.url must be a whole address/],
    [
      card([{ type: 'Container', items: [{ type: 'FactSet' }] }]),
      /^card\.body\[0\]\.items\[0\]\.facts must have "facts"/,
    ],
  ])('has a fault where nothing would be shown: %j', (value, fault) => {
    expect(told(value).faults).toEqual([expect.stringMatching(fault)]);
  });

  it.each([
    [{ type: 'AdaptiveCard', version: '1.5', bdy: [] }, /^card\.bdy .*did you mean body\?$/],
    [card([{ type: 'TextBlock', txt: 'Hi' }]), /^card\.body\[0\]\.txt .*did you mean text\?$/],
    [card([{ type: 'TextBlock', text: 'Hi', wieght: 'Bolder' }]), /did you mean weight\?$/],
    [card([{ type: 'Hologram' }]), /^card\.body\[0\]\.type "Hologram" is no part/],
    [card([{ type: 'TextBlok', fallback: { type: 'TextBlock', text: 'Hi' } }]), /did you mean TextBlock\?$/],
  ])('has a warning where something is ignored: %j', (value, warning) => {
    expect(told(value).warnings).toEqual([expect.stringMatching(warning)]);
  });

  it('has nothing to say of what clients know, nor of what a button sends', () => {
    const data = { type: 'TextBlok', txt: 1 };
    const whole = card(
      [
        { type: 'TextBlock', text: 'Hi', weight: 'Bolder', wrap: true, spacing: 'Small' },
        { type: 'Image', url: 'data:image/png;base64,AA==', altText: 'A' },
        { type: 'ColumnSet', columns: [{ width: 'auto', items: [{ type: 'Icon', name: 'Star' }] }] },
        {
          type: 'Table',
          columns: [{ width: 1 }],
          rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [] }] }],
        },
        { type: 'RichTextBlock', inlines: ['a', { type: 'TextRun', text: 'b', italic: true }] },
        { type: 'Input.ChoiceSet', id: 'c', choices: [{ title: 'A', value: 'a' }] },
        { type: 'Container', items: [], minHeight: '40px' },
      ],
      { actions: [{ type: 'Action.Submit', title: 'Go', data }], msteams: { width: 'Full' } },
    );
    expect(told(whole)).toEqual({ faults: [], warnings: [] });
    expect(told('no card')).toEqual({ faults: [], warnings: [] });
  });

  it('tells at most 20 of each, and looks at no more than a card may have', () => {
    const bad = { type: 'TextBlok' };
    const many = card(Array.from({ length: 100 }, () => ({ ...bad, type: 'TextBlock', txt: 1, wieght: 2 })));
    expect([told(many).faults.length, told(many).warnings.length]).toEqual([20, 20]);
    const wide = { ...card(Array.from({ length: 60_000 }, () => 1)), last: [bad] };
    expect(told(wide).faults).toEqual([]);
    const deep = JSON.parse(`${'{"items":['.repeat(3000)}${JSON.stringify(bad)}${']}'.repeat(3000)}`);
    expect(told(deep).faults).toEqual([]);
    expect(
      told(card([{ type: 'x'.repeat(100_000), ['y'.repeat(100_000)]: 1 }])).warnings[0]?.length,
    ).toBeLessThan(200);
  });
});
