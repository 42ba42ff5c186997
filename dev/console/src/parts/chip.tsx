import { useWords } from '../words/words.ts';
import { useFormat } from './format.ts';
import { Icon, type IconName } from './icon.tsx';

type Tone = 'good' | 'waiting' | 'quiet' | 'bad';

const TONES: { readonly [state: string]: readonly [Tone, IconName] } = {
  delivered: ['good', 'check'],
  updated: ['good', 'redo'],
  queued: ['waiting', 'clock'],
  deferred: ['waiting', 'pause'],
  retrying: ['waiting', 'redo'],
  cancelled: ['quiet', 'stop'],
  recalled: ['quiet', 'undo'],
  superseded: ['quiet', 'redo'],
  suppressed: ['quiet', 'pause'],
  expired: ['quiet', 'clock'],
  dropped: ['quiet', 'close'],
  rejected: ['bad', 'close'],
  exhausted: ['bad', 'warning'],
  unconfirmed: ['bad', 'question'],
  'no-such-recipient': ['bad', 'question'],
};

export function toneOf(state: string): Tone {
  return TONES[state]?.[0] ?? 'quiet';
}

/** What became of something: in words, with a drawing and a colour beside them. */
export function StateChip({
  state,
  reason,
  count,
}: {
  readonly state: string;
  readonly reason?: string | undefined;
  readonly count?: number;
}) {
  const words = useWords();
  const format = useFormat();
  const [tone, icon] = TONES[state] ?? ['quiet', 'question'];
  const said = words.state[state] ?? state;
  return (
    <span class={`chip is-${tone}`}>
      <Icon name={icon} size={14} />
      {count !== undefined && <b>{format.number(count)} </b>}
      <span>
        {said}
        {reason !== undefined && <span class="chip-reason">: {words.reason[reason] ?? reason}</span>}
      </span>
    </span>
  );
}

export function Chip({
  tone = 'quiet',
  icon,
  title,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly title?: string;
  readonly children: string;
}) {
  return (
    <span class={`chip is-${tone}`} title={title}>
      {icon !== undefined && <Icon name={icon} size={14} />}
      <span>{children}</span>
    </span>
  );
}

/** In which order states stand: good ones first, then what waits. */
const ORDER = Object.keys(TONES);

export function byImportance([a]: readonly [string, number], [b]: readonly [string, number]): number {
  const place = (state: string) => (ORDER.includes(state) ? ORDER.indexOf(state) : ORDER.length);
  return place(a) - place(b);
}
