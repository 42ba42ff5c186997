import { useEffect, useState } from 'preact/hooks';
import { MessagePreview } from '../card/message-preview.tsx';
import { Chip } from '../parts/chip.tsx';
import { Section } from '../parts/facts.tsx';
import { Faults } from '../parts/faults.tsx';
import { Segments } from '../parts/field.tsx';
import { useFormat } from '../parts/format.ts';
import { Gauge } from '../parts/gauge.tsx';
import { Empty } from '../parts/situations.tsx';
import * as api from '../wire/api.ts';
import type { Fault } from '../wire/problem.ts';
import type { Preview } from '../wire/shapes.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import { type Form, type Message, timingOf, toMessage } from './message.ts';

const PAUSE_MS = 350;
const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';

/** What stands in the form as an activity, without what the server adds; `undefined` where nothing does. */
export function activityOf(form: Form): object | undefined {
  return activityIn(toMessage(form));
}

function activityIn({ data: { text, card } }: Message): object | undefined {
  if (typeof card === 'object' && card !== null) {
    return { type: 'message', attachments: [{ contentType: ADAPTIVE, content: card }] };
  }
  return typeof text === 'string' ? { type: 'message', text } : undefined;
}

export function PreviewPanel({ form, isTooLong }: { readonly form: Form; readonly isTooLong: boolean }) {
  const { write: words } = useWords();
  const [theme, setTheme] = useState<'light' | 'dark'>(() =>
    matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  );
  const [width, setWidth] = useState<'phone' | 'desktop'>('desktop');
  const own = activityOf(form);
  const asked = usePaused(JSON.stringify(toMessage(form)), PAUSE_MS);
  // Only what is asked about decides: the form may say something else by the time of the question.
  const { value, problem } = useAsked((signal): Promise<Preview> => {
    const message = JSON.parse(asked);
    return activityIn(message) === undefined ? Promise.resolve({}) : api.preview(message, signal);
  }, `preview ${asked}`);
  const [former, setFormer] = useState<Preview>();
  useEffect(() => {
    if (value !== undefined) setFormer(value);
    else if (problem !== undefined) setFormer(undefined);
  }, [value, problem]);
  const shown = value ?? former;
  // That nobody or no time is chosen yet is no fault of what is written: the panel that sends it says so.
  const isToldHere = ({ path }: Fault) =>
    (form.to.length > 0 || path !== 'data.to') &&
    (timingOf(form, Date.now()) !== 'none' || path !== 'data.delivery.at');
  const activity = own === undefined ? undefined : (shown?.activity ?? own);
  return (
    <Section
      title={words.preview}
      aside={
        <div class="preview-choices">
          <Segments
            label={words.previewTheme}
            isLabelHidden
            value={theme}
            choices={[
              { value: 'light', label: words.light },
              { value: 'dark', label: words.dark },
            ]}
            onChange={(value) => setTheme(value === 'dark' ? 'dark' : 'light')}
          />
          <Segments
            label={words.previewWidth}
            isLabelHidden
            value={width}
            choices={[
              { value: 'desktop', label: words.desktop },
              { value: 'phone', label: words.phone },
            ]}
            onChange={(value) => setWidth(value === 'phone' ? 'phone' : 'desktop')}
          />
        </div>
      }
    >
      {activity === undefined ? (
        <Empty icon="write" title={isTooLong ? words.tooLongToShow : words.nothingYet} />
      ) : (
        <MessagePreview activity={activity} theme={theme} width={width} />
      )}
      {own !== undefined && (
        <>
          <Sizes sizes={shown?.sizes ?? []} />
          <Faults faults={(shown?.faults ?? []).filter(isToldHere)} />
          <Ignored warnings={shown?.warnings ?? []} />
          {problem !== undefined && <p class="hint">{words.previewOld}</p>}
          {problem !== undefined && <Faults faults={problem.faults} />}
        </>
      )}
    </Section>
  );
}

function Ignored({ warnings }: { readonly warnings: NonNullable<Preview['warnings']> }) {
  const { write: words } = useWords();
  if (warnings.length === 0) return null;
  return (
    <>
      <p class="hint">{words.ignored}</p>
      <Faults faults={warnings} />
    </>
  );
}

function Sizes({ sizes }: { readonly sizes: NonNullable<Preview['sizes']> }) {
  const { write: words } = useWords();
  const format = useFormat();
  return (
    <ul class="sizes">
      {sizes.map(({ channel, bytes, limit, fits }) => (
        <li>
          <span>{words.size(channel, format.size(bytes), format.size(limit))}</span>
          <Gauge value={bytes} limit={limit} />
          <Chip tone={fits ? 'good' : 'bad'} icon={fits ? 'check' : 'warning'}>
            {fits ? words.fits : words.fitsNot}
          </Chip>
        </li>
      ))}
    </ul>
  );
}

/** A value once it has not changed for a while. */
function usePaused(value: string, pauseMs: number): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return paused;
}
