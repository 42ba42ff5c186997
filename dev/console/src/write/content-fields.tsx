import { useState } from 'preact/hooks';
import { Json } from '../parts/facts.tsx';
import { Segments, TextField } from '../parts/field.tsx';
import { useFormat } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading } from '../parts/situations.tsx';
import * as api from '../wire/api.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import { CardFields } from './card-fields.tsx';
import {
  type Form,
  isTooLong,
  lengthOf,
  MOST_CHARACTERS,
  parsedCard,
  STYLES,
  type Style,
} from './message.ts';
import { fromAdaptiveCard, isBlank, toAdaptiveCard } from './simple-card.ts';

interface Fields {
  readonly form: Form;
  readonly onChange: (changed: Partial<Form>) => void;
}

/** Text, a card by its parts, or a card as JSON; going from one to the next takes along what is there. */
export function ContentFields({ form, onChange }: Fields) {
  const { write: words } = useWords();
  const tooLong = useTooLong(form);
  const [isTooRich, setTooRich] = useState(false);
  const choose = (style: Style) => {
    setTooRich(false);
    if (style === 'json' && form.style === 'card' && !isBlank(form.card)) {
      onChange({ style, json: JSON.stringify(toAdaptiveCard(form.card), null, 2) });
    } else if (style === 'card' && form.style === 'json' && form.json.trim() !== '') {
      const card = fromAdaptiveCard(parsedCard(form.json).card);
      if (card === undefined) setTooRich(true);
      else onChange({ style, card });
    } else if (style === 'card' && form.style === 'text' && isBlank(form.card)) {
      onChange({ style, card: { ...form.card, text: form.text } });
    } else {
      onChange({ style });
    }
  };
  return (
    <>
      <Segments
        key={`${form.style} ${isTooRich}`}
        label={words.style}
        value={form.style}
        choices={STYLES.map((value) => ({ value, label: words.styleName[value] }))}
        onChange={(value) => choose(STYLES.find((one) => one === value) ?? 'text')}
      />
      {isTooRich && (
        <p class="field-problem" role="alert">
          {words.tooRich}
        </p>
      )}
      {form.style === 'text' && (
        <TextField
          label={words.text}
          hint={words.textHint}
          problem={tooLong}
          rows={7}
          value={form.text}
          onChange={(text) => onChange({ text })}
        />
      )}
      {form.style === 'card' && tooLong !== undefined && (
        <p class="field-problem" role="alert">
          {tooLong}
        </p>
      )}
      {form.style === 'card' && <CardFields card={form.card} onChange={(card) => onChange({ card })} />}
      {form.style === 'json' && <JsonFields form={form} onChange={onChange} />}
      {form.style !== 'text' && (
        <details class="folded" open={form.beside !== ''}>
          <summary>{words.beside}</summary>
          <TextField
            label={words.beside}
            hint={words.besideHint}
            rows={3}
            value={form.beside}
            onChange={(beside) => onChange({ beside })}
          />
        </details>
      )}
    </>
  );
}

/** How long it may be, where it is longer. */
function useTooLong(form: Form): string | undefined {
  const { write: words } = useWords();
  const { number } = useFormat();
  if (!isTooLong(form)) return undefined;
  return words.tooLong(number(MOST_CHARACTERS[form.style]), number(lengthOf(form)));
}

function JsonFields({ form, onChange }: Fields) {
  const { write: words } = useWords();
  const tooLong = useTooLong(form);
  const { fault } = tooLong !== undefined || form.json.trim() === '' ? {} : parsedCard(form.json);
  const problem = fault === undefined ? tooLong : fault === '' ? words.jsonNoObject : words.jsonBroken(fault);
  return (
    <>
      <TextField
        label={words.json}
        hint={words.jsonHint}
        problem={problem}
        rows={16}
        isCode
        value={form.json}
        onChange={(json) => onChange({ json })}
      />
      <SchemaHelp />
    </>
  );
}

/** The schema of the message, asked for once somebody wants it. */
function SchemaHelp() {
  const { write: words } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="folded" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <Icon name="question" size={16} /> {words.schema}
      </summary>
      {isOpen && <Schema />}
    </details>
  );
}

function Schema() {
  const { write: words } = useWords();
  const { value, problem, isLoading, reload } = useAsked(
    (signal) => api.schema('notification.requested', signal),
    'schema',
  );
  if (isLoading) return <Loading />;
  if (value === undefined) return problem === undefined ? null : <Failed problem={problem} retry={reload} />;
  return <Json value={value} label={words.schema} />;
}
