import { useState } from 'preact/hooks';
import { Chip } from '../parts/chip.tsx';
import { sumOf } from '../parts/counts-bar.tsx';
import { Confirm } from '../parts/dialog.tsx';
import { useFormat } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { tell } from '../shell/announce.tsx';
import { hrefOf } from '../shell/route.ts';
import { useWho } from '../shell/who.ts';
import * as api from '../wire/api.ts';
import type { Details } from '../wire/shapes.ts';
import { useWords } from '../words/words.ts';
import { useEnding } from './use-ending.ts';

/** Cancel, recall, copy: what who looks may do. Authors stop what they sent themselves, operators everything. */
export function StopActions({ details, onDone }: { readonly details: Details; readonly onDone: () => void }) {
  const { notifications: words } = useWords();
  const format = useFormat();
  const { mayWrite, mayOperate, source } = useWho();
  const [asks, setAsks] = useState<'stop' | 'recall'>();
  const isOwn = mayWrite && details.source === source;
  const mayStop = mayOperate || isOwn;
  const { delivered = 0, updated = 0 } = details.outcomes;
  const shown = delivered + updated;
  const isCopied = mayWrite && details.type === 'notification.requested' && details.data !== undefined;
  const { ending, begin, giveUp } = useEnding(details);
  async function end(recall: boolean) {
    begin(recall ? 'recall' : 'stop');
    try {
      await api.cancel(details.id, { recall });
    } catch (error) {
      giveUp();
      throw error;
    }
    tell(recall ? words.recalled : words.stopped);
    onDone();
  }
  const text =
    asks === 'recall'
      ? words.recallText(format.number(shown))
      : words.stopText(format.number(sumOf(details.pending)));
  return (
    <>
      {isCopied && (
        <a class="button" href={hrefOf('write', 'new', { copy: details.id })}>
          <Icon name="copy" /> {words.copyOf}
        </a>
      )}
      {ending !== undefined && (
        <Chip tone="waiting" icon={ending === 'recall' ? 'undo' : 'stop'}>
          {ending === 'recall' ? words.recalling : words.stopping}
        </Chip>
      )}
      {mayStop && shown > 0 && ending !== 'recall' && (
        <button type="button" class="button" onClick={() => setAsks('recall')}>
          <Icon name="undo" /> {words.recall}
        </button>
      )}
      {mayStop && !details.complete && details.cancelled === undefined && ending === undefined && (
        <button type="button" class="button is-danger" onClick={() => setAsks('stop')}>
          <Icon name="stop" /> {words.stop}
        </button>
      )}
      {asks !== undefined && (
        <Confirm
          isDangerous
          title={asks === 'recall' ? words.recallTitle : words.stopTitle}
          action={asks === 'recall' ? words.recallNow : words.stopNow}
          onClose={() => setAsks(undefined)}
          onConfirm={() => end(asks === 'recall')}
        >
          <p>{text}</p>
        </Confirm>
      )}
    </>
  );
}
