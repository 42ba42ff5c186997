import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly isLabelHidden?: boolean;
}

/** A label, what is entered, and a hint or what is wrong with it. */
function Field({
  id,
  label,
  hint,
  problem,
  isLabelHidden = false,
  children,
}: FieldProps & { readonly id: string; readonly children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id} class={isLabelHidden ? 'only-spoken' : 'label'}>
        {label}
      </label>
      {children}
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem !== undefined && (
        <p class="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function described(id: string, { hint, problem }: FieldProps) {
  const ids = [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`];
  const given = ids.filter(Boolean).join(' ');
  return {
    ...(given === '' ? {} : { 'aria-describedby': given }),
    ...(problem === undefined ? {} : { 'aria-invalid': true as const }),
  };
}

export function TextField({
  value,
  onChange,
  type = 'text',
  rows,
  isCode = false,
  list,
  placeholder,
  ...field
}: FieldProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'search' | 'url' | 'datetime-local';
  /** More than one line. */
  readonly rows?: number;
  readonly isCode?: boolean;
  readonly list?: readonly string[];
  readonly placeholder?: string;
}) {
  const id = useId();
  const shared = {
    id,
    value,
    placeholder,
    autocomplete: 'off',
    ...described(id, field),
  } as const;
  return (
    <Field id={id} {...field}>
      {rows === undefined ? (
        <input
          {...shared}
          type={type}
          class="input"
          list={list === undefined ? undefined : `${id}-list`}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      ) : (
        <textarea
          {...shared}
          rows={rows}
          class={`input${isCode ? ' is-code' : ''}`}
          spellcheck={!isCode}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
      {list !== undefined && (
        <datalist id={`${id}-list`}>
          {list.map((one) => (
            <option value={one} />
          ))}
        </datalist>
      )}
    </Field>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function SelectField({
  value,
  choices,
  onChange,
  ...field
}: FieldProps & {
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <Field id={id} {...field}>
      <select
        id={id}
        class="input"
        value={value}
        {...described(id, field)}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {choices.map((choice) => (
          <option value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function CheckField({
  label,
  isOn,
  onChange,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** A few choices beside each other, one of which holds. */
export function Segments({
  label,
  value,
  choices,
  onChange,
  isLabelHidden = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
  readonly isLabelHidden?: boolean;
}) {
  const name = useId();
  return (
    <fieldset class="segments-field">
      <legend class={isLabelHidden ? 'only-spoken' : 'label'}>{label}</legend>
      <div class="segments">
        {choices.map((choice) => (
          <label class="segment">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
