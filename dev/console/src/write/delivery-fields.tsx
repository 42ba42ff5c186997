import { Section } from '../parts/facts.tsx';
import { CheckField, Segments, SelectField, TextField } from '../parts/field.tsx';
import { useWords } from '../words/words.ts';
import { type Form, MODES, SCHEDULES, timingOf } from './message.ts';

export function DeliveryFields({
  form,
  onChange,
}: {
  readonly form: Form;
  readonly onChange: (changed: Partial<Form>) => void;
}) {
  const { delivery: words } = useWords();
  const timing = timingOf(form, Date.now());
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Section title={words.title}>
      <Segments
        label={words.when}
        value={form.schedule}
        choices={SCHEDULES.map((value) => ({ value, label: words.whenName[value] }))}
        onChange={(value) => onChange({ schedule: SCHEDULES.find((one) => one === value) ?? 'now' })}
      />
      {form.schedule !== 'now' && (
        <TextField
          label={words.at}
          type="datetime-local"
          hint={form.schedule === 'local' ? words.localHint : words.atHint(zone)}
          problem={timing && words.timing[timing]}
          value={form.at}
          onChange={(at) => onChange({ at })}
        />
      )}
      <SelectField
        label={words.mode}
        value={form.mode}
        choices={MODES.map((value) => ({ value, label: words.modeName[value] }))}
        onChange={(value) => onChange({ mode: MODES.find((one) => one === value) ?? 'wait' })}
      />
      <CheckField label={words.urgent} isOn={form.urgent} onChange={(urgent) => onChange({ urgent })} />
      <details class="folded" open={form.key !== '' || form.expires !== ''}>
        <summary>{words.more}</summary>
        <TextField
          label={words.expires}
          type="datetime-local"
          hint={words.expiresHint}
          value={form.expires}
          onChange={(expires) => onChange({ expires })}
        />
        <TextField
          label={words.key}
          hint={words.keyHint}
          value={form.key}
          onChange={(key) => onChange({ key })}
        />
      </details>
    </Section>
  );
}
