/** A card that can be written without knowing JSON. */
export interface SimpleCard {
  readonly title: string;
  readonly text: string;
  readonly picture: string;
  readonly pictureAlt: string;
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly buttons: readonly { readonly title: string; readonly url: string }[];
}

export const emptyCard: SimpleCard = {
  title: '',
  text: '',
  picture: '',
  pictureAlt: '',
  facts: [],
  buttons: [],
};

export function isBlank({ title, text, picture, facts, buttons }: SimpleCard): boolean {
  return title === '' && text === '' && picture === '' && facts.length === 0 && buttons.length === 0;
}

export function toAdaptiveCard({ title, text, picture, pictureAlt, facts, buttons }: SimpleCard): object {
  const body = [
    ...(title === ''
      ? []
      : [{ type: 'TextBlock', text: title, weight: 'Bolder', size: 'Large', wrap: true }]),
    ...(picture === ''
      ? []
      : [{ type: 'Image', url: picture, ...(pictureAlt === '' ? {} : { altText: pictureAlt }) }]),
    ...(text === '' ? [] : [{ type: 'TextBlock', text, wrap: true }]),
    ...(facts.length === 0 ? [] : [{ type: 'FactSet', facts }]),
  ];
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
    ...(buttons.length === 0
      ? {}
      : { actions: buttons.map(({ title: label, url }) => ({ type: 'Action.OpenUrl', title: label, url })) }),
  };
}

/** The form of a card; `undefined` where the card has anything that the form would lose. */
export function fromAdaptiveCard(card: unknown): SimpleCard | undefined {
  const body = fieldOf(card, 'body');
  const actions = fieldOf(card, 'actions');
  if (body !== undefined && !Array.isArray(body)) return undefined;
  if (actions !== undefined && !Array.isArray(actions)) return undefined;
  const elements: readonly unknown[] = body ?? [];
  const texts = elements.filter((one) => fieldOf(one, 'type') === 'TextBlock');
  const isTitle = (one: unknown) => fieldOf(one, 'weight') === 'Bolder';
  const pictured = elements.find((one) => fieldOf(one, 'type') === 'Image');
  const facts = fieldOf(
    elements.find((one) => fieldOf(one, 'type') === 'FactSet'),
    'facts',
  );
  const simple: SimpleCard = {
    title: wordOf(texts.find(isTitle), 'text'),
    text: wordOf(
      texts.find((one) => !isTitle(one)),
      'text',
    ),
    picture: wordOf(pictured, 'url'),
    pictureAlt: wordOf(pictured, 'altText'),
    facts: Array.isArray(facts)
      ? facts.map((one: unknown) => ({ title: wordOf(one, 'title'), value: wordOf(one, 'value') }))
      : [],
    buttons: (actions ?? []).map((one: unknown) => ({
      title: wordOf(one, 'title'),
      url: wordOf(one, 'url'),
    })),
  };
  return canonical(toAdaptiveCard(simple)) === canonical(card) ? simple : undefined;
}

/** Whatever order their fields have; the schema's address says nothing of a card. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (name, field: unknown) => {
    if (name === '$schema') return undefined;
    if (typeof field !== 'object' || field === null || Array.isArray(field)) return field;
    return Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function fieldOf(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;
}

function wordOf(from: unknown, name: string): string {
  const value = fieldOf(from, name);
  return typeof value === 'string' ? value : '';
}
