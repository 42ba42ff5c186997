import fc from 'fast-check';

/** Cards that would make a client ask the bot for something, or speak for a person; each to somebody who does not exist. */
export const hostileCards = (event: object): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(
        { type: 'Action.Execute', verb: 'approve' },
        { type: 'Action.Http', url: 'https://evil.example' },
        { type: 'Action.Submit', fallback: { type: 'Action.Execute' } },
        ...['task/fetch', 'signin', 'invoke', 'imBack', 'messageBack'].map((type) => ({
          type: 'Action.Submit',
          data: { msteams: { type, value: 'forget me now' } },
        })),
        { type: 'Action.Submit', data: { notifier: 'forget me now', notifierPress: '0'.repeat(16) } },
        { type: 'Action.Submit', data: 'forget me now' },
        { type: 'Data.Query', dataset: 'everybody' },
      ),
      fc.constantFrom('actions', 'refresh', 'authentication', 'body', '__proto__'),
      fc.integer({ min: 0, max: 50 }),
    )
    .map(([action, place, levels]) => {
      const card = `{"type":"AdaptiveCard","${place}":[${JSON.stringify(action)}]}`;
      const nested = `${'{"type":"Container","items":['.repeat(levels)}${card}${']}'.repeat(levels)}`;
      const data = `{"to":{"user":"nobody-at-all"},"card":{"type":"AdaptiveCard","body":[${nested}]}}`;
      return `${JSON.stringify({ ...event, data: undefined }).slice(0, -1)},"data":${data}}`;
    });

/** What a client asks for when somebody presses something, or by itself. */
export const hostileInvokes = (
  activity: object,
  { anyText, anyJson }: { readonly anyText: fc.Arbitrary<string>; readonly anyJson: fc.Arbitrary<unknown> },
): fc.Arbitrary<string> =>
  fc
    .record({
      name: fc.oneof(
        fc.constantFrom(
          'adaptiveCard/action',
          'task/fetch',
          'task/submit',
          'composeExtension/query',
          'composeExtension/',
          'fileConsent/invoke',
          'signin/tokenExchange',
          'handoff/action',
          'message/submitAction',
          'message/fetchTask',
          'tab/fetch',
          'suggestedAction/submit',
          'config/fetch',
          'application/search',
        ),
        anyText,
      ),
      value: fc.oneof(
        anyJson,
        fc.record({
          action: fc.oneof(fc.record({ data: anyJson, verb: anyJson }), anyJson),
          trigger: fc.oneof(fc.constantFrom('automatic', 'manual'), anyJson),
        }),
        fc.tuple(anyJson, anyJson).map(([notifier, notifierPress]) => ({
          action: { data: { notifier, notifierPress } },
        })),
      ),
    })
    .map((fields) => JSON.stringify({ ...activity, type: 'invoke', ...fields }));
