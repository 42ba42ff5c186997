import { describe, expect, it } from 'vitest';
import { hasWords, linesOf, readableText } from '../../shared/catalog/readable-text.ts';

const within = (items: readonly object[]) => ({ type: 'AdaptiveCard', body: items });

describe('what a card says', () => {
  it('is every text in its order, wherever it lies: columns, tables, facts, choices, pictures, cards behind buttons', () => {
    const card = {
      ...within([
        { type: 'TextBlock', text: 'Lunch' },
        { type: 'ColumnSet', columns: [{ type: 'Column', items: [{ type: 'TextBlock', text: 'Soup' }] }] },
        {
          type: 'Table',
          rows: [
            {
              type: 'TableRow',
              cells: [{ type: 'TableCell', items: [{ type: 'TextBlock', text: 'cell' }] }],
            },
          ],
        },
        { type: 'RichTextBlock', inlines: ['plain run', { type: 'TextRun', text: 'hot' }] },
        {
          type: 'FactSet',
          facts: [
            { title: 'Price', value: '4 EUR' },
            { title: 'Seats', value: 12 },
          ],
        },
        {
          type: 'Input.ChoiceSet',
          label: 'Which?',
          choices: [
            { title: 'Red', value: 'r' },
            { title: 'Blue', value: 'b' },
          ],
        },
        { type: 'Image', url: 'https://x.example/y.png', altText: 'a bowl' },
        { type: 'TextBlock', text: ' ' },
      ]),
      actions: [
        { type: 'Action.ShowCard', title: 'More', card: within([{ type: 'TextBlock', text: 'within' }]) },
      ],
    };
    expect(linesOf(card)).toEqual([
      'Lunch',
      'Soup',
      'cell',
      'plain run',
      'hot',
      'Price: 4 EUR',
      'Seats: 12',
      'Which?: Red / Blue',
      'a bowl',
      'within',
    ]);
  });

  it('is nothing where there is nothing, and ends however deep it is nested', () => {
    expect(linesOf(undefined)).toEqual([]);
    expect(hasWords({ card: within([{ type: 'Image', url: 'https://x.example/y.png' }]) })).toBe(false);
    let deep: object = { type: 'TextBlock', text: 'deep' };
    for (let level = 0; level < 10_000; level += 1) deep = { type: 'Container', items: [deep] };
    expect(linesOf({ body: [deep] })).toEqual([]);
  });
});

describe('a notification in words', () => {
  const card = within([
    { type: 'TextBlock', text: 'in card' },
    { type: 'TextBlock', text: 'and more' },
  ]);

  it('is its text or summary, and what its card says beside', () => {
    expect(readableText({ text: 'text', summary: 'summary', card }, 'Kind')).toBe(
      'text\n\nin card  \nand more',
    );
    expect(readableText({ summary: 'as in card', card }, 'Kind')).toBe('as in card\n\nand more');
    expect(readableText({ card }, 'Kind')).toBe('in card  \nand more');
    expect(readableText({ card: within([]) }, 'Kind')).toBe('Kind');
  });

  it('repeats nothing that its text says, and leaves a long text as it is', () => {
    expect(readableText({ text: 'both: in card, and more', card }, 'Kind')).toBe('both: in card, and more');
    const long = 'in card '.repeat(1000);
    expect(readableText({ text: long, card }, 'Kind')).toBe(`${long}\n\nin card  \nand more`);
  });
});
