import { useState } from 'preact/hooks';
import { Confirm } from '../parts/dialog.tsx';
import { lineOf } from '../parts/faults.tsx';
import { type Format, useFormat } from '../parts/format.ts';
import { tell } from '../shell/announce.tsx';
import { go, hrefOf } from '../shell/route.ts';
import * as api from '../wire/api.ts';
import { useWords, type Words } from '../words/words.ts';

/** What is done with some, or with all of a reason. */
export type Bulk =
  | { readonly does: 'replay' | 'drop'; readonly ids: readonly string[] }
  | { readonly does: 'replay' | 'drop'; readonly reason: string };

/** So many are named in one request. */
const AT_ONCE = 200;
/** Outcomes by which something is done with. */
const GOOD = new Set(['queued', 'planned', 'handed-over', 'reopened', 'over', 'dropped', 'not-found']);
/** So many different reasons are said. */
const MOST_REASONS = 3;

type Answer = Awaited<ReturnType<typeof api.replay>>;
type Item = NonNullable<Answer['items']>[number];

interface Tally {
  readonly done: number;
  /** What stays parked. */
  readonly failed: readonly Item[];
}

export function BulkDialog({
  bulk,
  onClose,
  onDone,
}: {
  readonly bulk: Bulk;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const all = useWords();
  const { parked: words, reason: reasons } = all;
  const format = useFormat();
  const [done, setDone] = useState(0);
  const isDrop = bulk.does === 'drop';
  const what =
    'reason' in bulk
      ? words.allOf(reasons[bulk.reason] ?? bulk.reason)
      : words.count(format.number(bulk.ids.length));
  async function act() {
    const tally = await actOn(bulk, setDone);
    tell(
      tally.failed.length === 0
        ? words.done(format.number(tally.done))
        : words.partly(
            format.number(tally.done),
            format.number(tally.failed.length),
            whyOf(tally.failed, all, format),
          ),
      tally.failed.length === 0 ? 'good' : 'bad',
    );
    go(hrefOf('parked', undefined, 'reason' in bulk ? { reason: bulk.reason } : {}));
    onDone();
  }
  return (
    <Confirm
      isDangerous={isDrop}
      title={isDrop ? words.dropTitle(what) : words.replayTitle(what)}
      action={isDrop ? words.dropNow : words.replayNow}
      onClose={onClose}
      onConfirm={act}
    >
      <p>{isDrop ? words.dropText : words.replayText}</p>
      {done > 0 && <p role="status">{words.progress(format.number(done))}</p>}
    </Confirm>
  );
}

function isDone({ outcome, detail }: Item): boolean {
  return GOOD.has(outcome) && (detail?.unknown ?? 0) === 0;
}

/** Why they are parked again, each reason once. */
function whyOf(items: readonly Item[], words: Words, format: Format): string {
  const { again } = words.parked;
  const reasons = new Set(
    items.map(({ outcome, detail: { unknown = 0, faults = [] } = {} }) => {
      if (outcome === 'planned') return again.unknown(format.number(unknown));
      if (outcome === 'under-way') return again.underWay;
      return faults.map((fault) => lineOf(fault, words.faults, format)).join(', ') || outcome;
    }),
  );
  const said = [...reasons].slice(0, MOST_REASONS).join('; ');
  return reasons.size > MOST_REASONS ? `${said}; …` : said;
}

/** Page after page, until nothing is left, or until a page did nothing: what cannot be done is not asked for for ever. */
async function actOn(bulk: Bulk, progress: (done: number) => void): Promise<Tally> {
  const act = bulk.does === 'replay' ? api.replay : api.drop;
  let tally: Tally = { done: 0, failed: [] };
  const count = ({ done, items = [] }: Answer, asked: number) => {
    const failed = items.filter((item) => !isDone(item));
    const did = done ?? (items.length > 0 ? items.length - failed.length : asked);
    tally = { done: tally.done + did, failed: [...tally.failed, ...failed] };
    progress(tally.done);
    return did;
  };
  if ('ids' in bulk) {
    for (let first = 0; first < bulk.ids.length; first += AT_ONCE) {
      const ids = bulk.ids.slice(first, first + AT_ONCE);
      count(await act({ ids }), ids.length);
    }
    return tally;
  }
  let after: string | undefined;
  for (;;) {
    const answer = await act({ reason: bulk.reason, ...(after === undefined ? {} : { after }) });
    const did = count(answer, 0);
    if (answer.left !== true || (did === 0 && answer.after === undefined)) return tally;
    after = answer.after;
  }
}
