import { useState } from 'preact/hooks';
import { EntryName, wordsOf } from '../notifications/addressed-to.tsx';
import { Section } from '../parts/facts.tsx';
import { Segments } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words/words.ts';
import { ListAdder } from './list-adder.tsx';
import type { Entry, Form } from './message.ts';
import { PersonAdder } from './person-adder.tsx';
import { TopicAdder } from './topic-adder.tsx';

const KINDS = ['everyone', 'topic', 'person', 'list'] as const;
type Kind = (typeof KINDS)[number];

export function AudienceFields({
  form,
  onChange,
}: {
  readonly form: Form;
  readonly onChange: (changed: Partial<Form>) => void;
}) {
  const { audience: words } = useWords();
  return (
    <Section title={words.title}>
      <Entries
        label={words.to}
        none={words.none}
        adds={words.kind}
        kinds={KINDS}
        entries={form.to}
        onChange={(to) => onChange({ to })}
      />
      <details class="folded" open={form.except.length > 0}>
        <summary>{words.except}</summary>
        <Entries
          label={words.except}
          none={words.noneExcept}
          adds={words.kindExcept}
          kinds={KINDS.filter((kind) => kind !== 'everyone')}
          entries={form.except}
          onChange={(except) => onChange({ except })}
        />
      </details>
    </Section>
  );
}

function Entries({
  label,
  none,
  adds,
  kinds,
  entries,
  onChange,
}: {
  readonly label: string;
  readonly none: string;
  readonly adds: string;
  readonly kinds: readonly Kind[];
  readonly entries: readonly Entry[];
  readonly onChange: (entries: readonly Entry[]) => void;
}) {
  const words = useWords();
  const { audience } = words;
  const [kind, setKind] = useState<Kind>('topic');
  const idOf = ({ name: _, ...entry }: Entry) => JSON.stringify(entry);
  const add = (entry: Entry) => {
    if (!entries.some((one) => idOf(one) === idOf(entry))) onChange([...entries, entry]);
  };
  return (
    <div class="entries">
      <ul class="chips" aria-label={label}>
        {entries.length === 0 && <li class="quiet">{none}</li>}
        {entries.map((entry) => (
          <li class="chip is-entry" key={idOf(entry)}>
            <span dir="auto">
              <EntryName entry={entry} />
            </span>
            <button
              type="button"
              aria-label={audience.remove(wordsOf(entry, words))}
              onClick={() => onChange(entries.filter((one) => one !== entry))}
            >
              <Icon name="close" size={14} />
            </button>
          </li>
        ))}
      </ul>
      <Segments
        label={adds}
        value={kind}
        choices={kinds.map((value) => ({ value, label: audience.kindName[value] }))}
        onChange={(value) => setKind(KINDS.find((one) => one === value) ?? 'topic')}
      />
      {kind === 'everyone' && (
        <div class="adder">
          <p class="hint">{audience.everyoneHint}</p>
          <button
            type="button"
            class="button"
            disabled={entries.some(({ everyone }) => everyone)}
            onClick={() => add({ everyone: true })}
          >
            <Icon name="plus" size={16} /> {audience.everyone}
          </button>
        </div>
      )}
      {kind === 'topic' && <TopicAdder onAdd={add} />}
      {kind === 'person' && <PersonAdder onAdd={add} />}
      {kind === 'list' && <ListAdder onAdd={add} />}
    </div>
  );
}
