import { TextField } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words/words.ts';
import type { SimpleCard } from './simple-card.ts';

interface Fields {
  readonly card: SimpleCard;
  readonly onChange: (card: SimpleCard) => void;
}

export function CardFields({ card, onChange }: Fields) {
  const { write: words } = useWords();
  const set = (changed: Partial<SimpleCard>) => onChange({ ...card, ...changed });
  return (
    <>
      <TextField label={words.title} value={card.title} onChange={(title) => set({ title })} />
      <TextField
        label={words.body}
        hint={words.textHint}
        rows={5}
        value={card.text}
        onChange={(text) => set({ text })}
      />
      <TextField
        label={words.picture}
        hint={words.pictureHint}
        type="url"
        placeholder="https://"
        value={card.picture}
        onChange={(picture) => set({ picture })}
      />
      {card.picture !== '' && (
        <TextField
          label={words.pictureAlt}
          value={card.pictureAlt}
          onChange={(pictureAlt) => set({ pictureAlt })}
        />
      )}
      <Pairs
        legend={words.facts}
        names={[words.factName, words.factValue]}
        add={words.addFact}
        pairs={card.facts.map(({ title, value }) => [title, value])}
        onChange={(pairs) => set({ facts: pairs.map(([title, value]) => ({ title, value })) })}
      />
      <Pairs
        legend={words.buttons}
        names={[words.buttonTitle, words.buttonUrl]}
        add={words.addButton}
        pairs={card.buttons.map(({ title, url }) => [title, url])}
        onChange={(pairs) => set({ buttons: pairs.map(([title, url]) => ({ title, url })) })}
      />
    </>
  );
}

type Pair = readonly [string, string];

/** Any number of two fields beside each other. */
function Pairs({
  legend,
  names,
  add,
  pairs,
  onChange,
}: {
  readonly legend: string;
  readonly names: Pair;
  readonly add: string;
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
}) {
  const { write: words } = useWords();
  const put = (index: number, pair: Pair) => onChange(pairs.map((one, at) => (at === index ? pair : one)));
  return (
    <fieldset class="pairs">
      <legend class="label">{legend}</legend>
      {pairs.map(([first, second], index) => (
        <div class="pair">
          <TextField
            label={`${names[0]} ${index + 1}`}
            isLabelHidden
            placeholder={names[0]}
            value={first}
            onChange={(value) => put(index, [value, second])}
          />
          <TextField
            label={`${names[1]} ${index + 1}`}
            isLabelHidden
            placeholder={names[1]}
            value={second}
            onChange={(value) => put(index, [first, value])}
          />
          <button
            type="button"
            class="button is-bare is-small"
            aria-label={`${words.remove}: ${legend} ${index + 1}`}
            onClick={() => onChange(pairs.filter((_, at) => at !== index))}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
      <button type="button" class="button is-small" onClick={() => onChange([...pairs, ['', '']])}>
        <Icon name="plus" size={16} /> {add}
      </button>
    </fieldset>
  );
}
