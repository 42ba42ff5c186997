import { describe, expect, it } from 'vitest';
import { entries } from '../../../shared/kinds/catalog.ts';
import { notifier } from './command-line.ts';

const requested = (data: object) => ['preview', 'notification.requested', '--data', JSON.stringify(data)];

describe('preview', () => {
  it.each(entries.map(({ type }) => type))('renders the example of %s, which fits', async (type) => {
    const { status, out, err } = await notifier(['preview', type]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/\nFits: [\d,]+ bytes \(\d+ % of 81,920\) on msteams\n$/);
    const { json } = await notifier(['preview', type, '--json']);
    expect(json()).toMatchObject({ type, channel: 'msteams', limit: 81_920, fits: true });
  });

  it('shows text and summary, and the card as an outline', async () => {
    const card = {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [
        { type: 'TextBlock', text: 'Build web failed' },
        { type: 'FactSet', facts: [{ title: 'Branch', value: 'main' }] },
      ],
      actions: [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://builds.example/1' }],
    };
    const { out } = await notifier(requested({ to: { everyone: true }, text: 'It **failed**', card }));
    expect(out).toContain(
      [
        'Text',
        '  It **failed**',
        '',
        'Card',
        '  AdaptiveCard 1.5',
        '    TextBlock Build web failed',
        '    FactSet',
        '      Branch: main',
        '    Action.OpenUrl Open [https://builds.example/1]',
        '',
      ].join('\n'),
    );
    expect((await notifier(['preview', 'build.finished'])).out).toMatch(
      /Summary\n {2}Build web #1482 failed/,
    );
  });

  it('follows a card wherever elements can lie', async () => {
    const card = {
      type: 'AdaptiveCard',
      body: [
        {
          type: 'ColumnSet',
          columns: [{ type: 'Column', items: [{ type: 'Image', url: 'https://x/y.png' }] }],
        },
        {
          type: 'Table',
          rows: [
            {
              type: 'TableRow',
              cells: [{ type: 'TableCell', items: [{ type: 'TextBlock', text: 'cell' }] }],
            },
          ],
        },
        { type: 'Input.ChoiceSet', id: 'color', choices: [{ title: 'Red', value: 'r' }] },
      ],
      actions: [
        {
          type: 'Action.ShowCard',
          title: 'More',
          card: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'within' }] },
        },
      ],
    };
    const { out } = await notifier(requested({ to: { everyone: true }, card }));
    for (const line of [
      'Image [https://x/y.png]',
      'TextBlock cell',
      'Input.ChoiceSet [color]',
      'Red: r',
      'TextBlock within',
    ]) {
      expect(out).toContain(`${line}\n`);
    }
  });

  it('takes the data out of a whole event', async () => {
    const event = {
      specversion: '1.0',
      id: '1',
      source: 'x',
      type: 'y',
      data: { to: { everyone: true }, text: 'in an event' },
    };
    const { out } = await notifier(['preview', 'notification.requested', '--data', '-'], {
      input: JSON.stringify(event),
    });
    expect(out).toContain('  in an event\n');
  });

  it('fails when it is too large for the channel, and says by how much', async () => {
    const large = requested({ to: { everyone: true }, text: 'x'.repeat(40_960) });
    const { status, out } = await notifier(large);
    expect(status).toBe(1);
    expect(out).toContain('Too large: 81,942 bytes (101 % of 81,920) on msteams, 22 too many');
    const { json } = await notifier([...large, '--json']);
    expect(json()).toMatchObject({ fits: false, bytes: 81_942, unit: 'utf-16' });
    expect(await notifier([...large, '--channel', 'webchat'])).toMatchObject({ status: 0 });
  });

  it('refuses data that the kind does not take, with every fault', async () => {
    const { status, err } = await notifier(['preview', 'build.finished', '--data', '{"pipeline":""}']);
    expect(status).toBe(2);
    for (const field of ['pipeline', 'number', 'status']) expect(err).toContain(`  data.${field}: `);
    const { json } = await notifier(['preview', 'build.finished', '--data', '{}', '--json']);
    expect(json()).toMatchObject({ type: 'build.finished', reason: 'invalid-data' });
  });

  it('never lets a text move the cursor', async () => {
    const { out } = await notifier(requested({ to: { everyone: true }, text: 'a\u001b[2Jb\rc\nd' }), {
      isTTY: true,
      env: { NO_COLOR: '1' },
    });
    expect(out).toContain('  a·[2Jb·c\n  d\n');
    expect(out).not.toContain('\u001b');
  });
});
