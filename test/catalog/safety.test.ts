import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsOfCard, faultsOfText } from '../../shared/catalog/safety.ts';
import { notificationRequested } from '../../shared/kinds/general/notification-requested.ts';

const card = (...body: readonly object[]) => ({ type: 'AdaptiveCard', version: '1.5', body });

describe('Markdown from an upstream service', () => {
  it.each([
    '[press](javascript:alert(1))',
    '[press](JaVaScRiPt:alert(1))',
    '[press]( java\tscript:alert(1))',
    '[press](&#106;avascript&#58;alert(1))',
    '[press](&#x6A;avascript&colon;alert(1))',
    '[press](<javascript:alert(1)>)',
    '<javascript:alert(1)>',
    '[press][1]\n\n[1]: javascript:alert(1)',
    '<a href="javascript:alert(1)">press</a>',
    '![x](data:text/html;base64,PHNjcmlwdD4=)',
    '[file](file:///etc/passwd)',
    '[x](vbscript:x)',
    '[a](b c](javascript:alert(1))',
  ])('must not lead to anything but an address: %s', (text) => {
    expect(faultsOfText(text, 'data.text').map(({ path }) => path)).toContain('data.text');
  });

  it.each(['@everyone look', 'Hi @here', '<!channel> look', '<at>everyone</at> look', 'x\n@channel'])(
    'must not turn to everyone: %s',
    (text) => {
      expect(faultsOfText(text, 'data.text')[0]?.message).toContain('everyone');
    },
  );

  it.each([
    'Plain **text** with [a link](https://example.com/a?b=c#d) and [mail](mailto:a@example.com).',
    'Write to hello@everyone.example or see javascript: the good parts.',
    '[relative](../page) [call](tel:+123) <https://example.com> 5 < 6 > 4',
    'JavaScript build [#12](http://builds.example/12) failed; a@here.example',
    '`[code](x)` [empty]()',
  ])('is left alone where it does no harm: %s', (text) => {
    expect(faultsOfText(text, 'data.text')).toEqual([]);
  });
});

describe('a card from an upstream service', () => {
  it.each([
    [
      'a button',
      'data.card.actions[0].data',
      { actions: [{ type: 'Action.Submit', data: { notifier: 'forget me' } }] },
    ],
    [
      'a button within a card of a button',
      'data.card.actions[0].card.body[0].selectAction.data',
      {
        actions: [
          {
            type: 'Action.ShowCard',
            card: card({
              type: 'Container',
              selectAction: { type: 'Action.Submit', data: { notifier: 'x' } },
            }),
          },
        ],
      },
    ],
    ['an input', 'data.card.body[0]', card({ type: 'Input.Text', id: 'notifier', value: 'forget me' })],
  ])('cannot carry a command of ours in %s', (_where, path, fields) => {
    const faults = faultsOfCard({ type: 'AdaptiveCard', ...fields }, 'data.card');
    expect(faults).toEqual([
      {
        path,
        message: expect.stringContaining('"notifier"'),
        rule: 'reserved-name',
        values: { name: 'notifier' },
      },
    ]);
  });

  it.each([
    ['a text as data', 'data.card.actions[0].data', { type: 'Action.Submit', data: 'forget me' }],
    [
      'imBack',
      'data.card.actions[0].data.msteams.type',
      { type: 'Action.Submit', data: { msteams: { type: 'imBack', value: 'forget me' } } },
    ],
    [
      'imBack under the name that the schema has',
      'data.card.actions[0].data.msTeams.type',
      { type: 'Action.Submit', data: { msTeams: { type: 'imBack', value: 'forget me' } } },
    ],
    [
      'messageBack',
      'data.card.actions[0].data.msteams.type',
      { type: 'Action.Submit', data: { msteams: { type: 'messageBack', text: 'forget me' } } },
    ],
  ])('cannot speak in the name of the person by %s', (_how, path, action) => {
    expect(faultsOfCard({ ...card(), actions: [action] }, 'data.card').map((fault) => fault.path)).toEqual([
      path,
    ]);
  });

  it.each([
    ['data.card.actions[0].url', { actions: [{ type: 'Action.OpenUrl', url: 'javascript:alert(1)' }] }],
    ['data.card.body[0].url', card({ type: 'Image', url: 'data:text/html,x' })],
    ['data.card.body[0].text', card({ type: 'TextBlock', text: '[x](javascript:x)' })],
    ['data.card.backgroundImage', { backgroundImage: 'file:///x' }],
  ])('cannot lead astray in %s', (path, fields) => {
    expect(faultsOfCard({ type: 'AdaptiveCard', ...fields }, 'data.card').map((fault) => fault.path)).toEqual(
      [path],
    );
  });

  const execute = { type: 'Action.Execute', verb: 'approve' };

  it.each([
    ['data.card.actions[0].type', { actions: [execute] }],
    ['data.card.actions[0].type', { actions: [{ ...execute, type: 'action.execute' }] }],
    ['data.card.actions[0].fallback.type', { actions: [{ type: 'Action.Submit', fallback: execute }] }],
    ['data.card.body[0].selectAction.type', card({ type: 'Container', selectAction: execute })],
    ['data.card.body[0].inlineAction.type', card({ type: 'Input.Text', id: 'x', inlineAction: execute })],
    [
      'data.card.body[0].inlines[0].selectAction.type',
      card({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', selectAction: execute }] }),
    ],
    [
      'data.card.actions[0].card.actions[0].type',
      { actions: [{ type: 'Action.ShowCard', card: { actions: [execute] } }] },
    ],
    ['data.card.actions[0].type', { actions: [{ type: 'Action.Http', url: 'https://example.com' }] }],
    ['data.card.refresh', { refresh: { userIds: [] } }],
    ['data.card.authentication', { authentication: { connectionName: 'x' } }],
    ...['task/fetch', 'signin', 'invoke', 'Task/Fetch', 'what comes next'].map((type): [string, object] => [
      'data.card.actions[0].data.msteams.type',
      { actions: [{ type: 'Action.Submit', data: { msteams: { type } } }] },
    ]),
    [
      'data.card.body[0].choices.data.type',
      card({ type: 'Input.ChoiceSet', id: 'x', 'choices.data': { type: 'Data.Query', dataset: 'cities' } }),
    ],
  ])('cannot ask the bot for what it does not do: %s', (path, fields) => {
    const faults = faultsOfCard({ type: 'AdaptiveCard', ...fields }, 'data.card');
    expect(faults.map((fault) => fault.path)).toEqual([path]);
    expect(faults[0]?.message).toMatch(/^must not .+ use .*Action\.OpenUrl/);
  });

  it('is refused at publish with both of its faults named', () => {
    const planned = notificationRequested.notification?.plan({
      to: { everyone: true },
      card: { ...card(), refresh: { action: execute }, actions: [execute] },
    });
    expect(planned).toMatchObject({
      ok: false,
      faults: [
        { path: 'data.card.refresh' },
        { path: 'data.card.refresh.action.type' },
        { path: 'data.card.actions[0].type' },
      ],
    });
  });

  it('cannot mention a whole channel', () => {
    const entities = [
      { type: 'mention', text: '<at>General</at>', mentioned: { id: '19:abc@thread.tacv2' } },
    ];
    const faults = faultsOfCard({ ...card(), msteams: { entities } }, 'data.card');
    expect(faults.map(({ path }) => path)).toEqual(['data.card.msteams.entities[0].mentioned']);
  });

  it('is shown with buttons, links, pictures and a mention of one person', () => {
    const harmless = {
      ...card(
        { type: 'Image', url: 'data:image/png;base64,iVBORw0KGgo=' },
        { type: 'TextBlock', text: 'See [this](https://example.com)' },
        { type: 'Input.Text', id: 'comment' },
        // Teams itself knows who works there; nobody asks the bot.
        {
          type: 'Input.ChoiceSet',
          id: 'who',
          'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
        },
      ),
      actions: [
        {
          type: 'Action.Submit',
          title: 'Send',
          data: { answer: 1, refresh: true, authentication: 'x', msteams: { feedback: { hide: true } } },
        },
        { type: 'Action.ShowCard', title: 'More', card: card() },
        { type: 'Action.ToggleVisibility', title: 'Less', targetElements: ['comment'] },
        { type: 'Action.OpenUrl', title: 'Open', url: 'https://example.com' },
      ],
      msteams: { width: 'Full', entities: [{ type: 'mention', mentioned: { id: '29:ada', name: 'Ada' } }] },
    };
    expect(faultsOfCard(harmless, 'data.card')).toEqual([]);
  });

  it('is looked at to the end whatever it is', () => {
    fc.assert(fc.property(fc.anything(), (anything) => Array.isArray(faultsOfCard(anything, 'data.card'))));
    let deep: unknown = {};
    for (let level = 0; level < 10_000; level += 1) deep = { deep };
    expect(faultsOfCard(deep, 'data.card')).toHaveLength(1);
  });

  it('has so many faults named at most, and each where it is with few words', () => {
    const faults = faultsOfCard(
      card(...Array.from({ length: 1000 }, () => ({ ['x'.repeat(10_000)]: execute }))),
      'data.card',
    );
    expect(faults).toHaveLength(20);
    expect(faults[0]?.path).toBe(`data.card.body[0].${'x'.repeat(40)}\u2026.type`);
  });

  it('holds so many values at most', () => {
    const numbers = (count: number) => ({ type: 'AdaptiveCard', x: Array.from({ length: count }, () => 1) });
    expect(faultsOfCard(numbers(50_000 - 3), 'data.card')).toEqual([]);
    const faults = faultsOfCard(numbers(50_000 - 2), 'data.card');
    expect(faults).toEqual([
      {
        path: 'data.card',
        message: 'must hold at most 50000 values; leave out what nobody reads',
        rule: 'too-many-values',
        values: { most: 50_000 },
      },
    ]);
  });

  it.each(['](', '<a:', '[x]: ', 'href=', '<at> ', '@', '<!', '[x](', '<a'])(
    'is read in one go, with %s again and again',
    (piece) => {
      // Twice the text takes about twice as long; a second look at all of it for each piece would not end here.
      faultsOfText(piece.repeat(100_000), 'data.text');
    },
  );
});
