import { useState } from 'preact/hooks';
import { Confirm } from '../parts/dialog.tsx';
import { Json } from '../parts/facts.tsx';
import { SelectField, TextField } from '../parts/field.tsx';
import { useFormat } from '../parts/format.ts';
import { Failed } from '../parts/situations.tsx';
import { speak } from '../shell/announce.tsx';
import * as api from '../wire/api.ts';
import { type Problem, problemOf } from '../wire/problem.ts';
import type { AudienceReport } from '../wire/shapes.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import type { Entry } from './message.ts';

export function ListAdder({ onAdd }: { readonly onAdd: (entry: Entry) => void }) {
  const { audience: words } = useWords();
  const format = useFormat();
  const lists = useAsked((signal) => api.audiences({ limit: '200' }, signal), 'lists');
  const items = lists.value?.items ?? [];
  const [chosen, setChosen] = useState('');
  const name = chosen === '' ? (items[0]?.name ?? '') : chosen;
  return (
    <div class="adder is-tall">
      {lists.problem !== undefined && <Failed problem={lists.problem} retry={lists.reload} />}
      {lists.value !== undefined && items.length === 0 && <p class="quiet">{words.noLists}</p>}
      {items.length > 0 && (
        <div class="adder">
          <SelectField
            label={words.list}
            value={name}
            choices={items.map((one) => ({
              value: one.name,
              label: `${one.name} (${words.entries(format.number(one.entries))})`,
            }))}
            onChange={setChosen}
          />
          <button type="button" class="button" onClick={() => onAdd({ audience: name })}>
            {words.add}
          </button>
        </div>
      )}
      <details class="folded">
        <summary>{words.paste}</summary>
        <PasteList
          onStored={(stored) => {
            onAdd({ audience: stored });
            lists.reload();
          }}
        />
      </details>
    </div>
  );
}

interface State {
  readonly isBusy: boolean;
  readonly problem?: Problem;
  readonly report?: AudienceReport;
  /** A list of that name that is stored already. */
  readonly former?: { readonly entries: number; readonly etag?: string | undefined };
}

function PasteList({ onStored }: { readonly onStored: (name: string) => void }) {
  const { audience: words } = useWords();
  const format = useFormat();
  const [name, setName] = useState('');
  const [pasted, setPasted] = useState('');
  const [state, setState] = useState<State>({ isBusy: false });
  const count = pasted.split(/[\n,;]+/).filter((entry) => entry.trim() !== '').length;

  async function put(ifMatch?: string) {
    const report = await api.putAudience(name, pasted, ifMatch);
    setState({ isBusy: false, report: report.value });
    const { known, looked, entries } = report.value;
    speak(words.report(format.number(known), format.number(looked ?? entries)));
    onStored(name);
  }
  async function store() {
    setState({ isBusy: true });
    try {
      await put();
    } catch (error) {
      const problem = problemOf(error);
      // The name is taken: what is stored under it is only replaced when somebody says so.
      if (problem.status !== 428 && problem.status !== 412) return setState({ isBusy: false, problem });
      const { value, etag = value.etag } = await api.audience(name);
      setState({ isBusy: false, former: { entries: value.entries, etag } });
    }
  }
  const { report, problem, former } = state;
  return (
    <div class="stack">
      <TextField label={words.pasteName} hint={words.pasteNameHint} value={name} onChange={setName} />
      <TextField
        label={words.pasteEntries}
        hint={words.pasteHint}
        rows={6}
        value={pasted}
        onChange={setPasted}
      />
      <div class="heading-actions">
        <button
          type="button"
          class="button"
          disabled={state.isBusy || name === '' || count === 0}
          onClick={() => store().catch((error) => setState({ isBusy: false, problem: problemOf(error) }))}
        >
          {words.store}
        </button>
        <span class="note">{words.pasteCount(format.number(count))}</span>
      </div>
      {problem !== undefined && <Failed problem={problem} />}
      {report !== undefined && <Report report={report} />}
      {former !== undefined && (
        <Confirm
          isDangerous
          title={words.replaceTitle(name)}
          action={words.replaceNow}
          onClose={() => setState(({ former: _, ...rest }) => rest)}
          onConfirm={() => put(former.etag)}
        >
          <p>{words.replaceText(format.number(former.entries))}</p>
        </Confirm>
      )}
    </div>
  );
}

function Report({ report }: { readonly report: AudienceReport }) {
  const { audience: words } = useWords();
  const format = useFormat();
  const { known, entries, looked = entries, duplicates = 0, unknownCount, unknown } = report;
  return (
    <div class="report" role="status">
      <p>
        <b>{words.report(format.number(known), format.number(looked))}</b>{' '}
        {looked < entries && words.notLooked(format.number(entries - looked))}{' '}
        {duplicates > 0 && words.duplicates(format.number(duplicates))}
      </p>
      {unknownCount > 0 && (
        <>
          <p>{words.unknown(format.number(unknownCount))}</p>
          <Json value={unknown.join('\n')} label={words.unknown(format.number(unknownCount))} />
        </>
      )}
    </div>
  );
}
