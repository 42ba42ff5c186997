import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import * as api from '../wire/api.ts';
import { isAborted, type Problem, problemOf } from '../wire/problem.ts';
import type { Recipient } from '../wire/shapes.ts';

export const PAGE = '200';

export interface Loaded {
  readonly items: readonly Recipient[];
  readonly isComplete: boolean;
  readonly isBegun: boolean;
  readonly problem?: Problem;
}

interface Page {
  readonly items: readonly Recipient[];
  /** Where it begins, and where the next one does. */
  readonly from: string | undefined;
  readonly continuation?: string | undefined;
  /** The counts that stood when it was asked for. */
  readonly asOf: string;
}

interface State {
  readonly about: string;
  readonly pages: readonly Page[];
  readonly problem?: Problem;
}

interface Asked {
  readonly outcome: string;
  readonly reason: string;
  /** Once it is another, what is seen is read anew. */
  readonly asOf: string;
}

/**
 * The recipients of a notification, page after page. When the counts change, the pages that are seen are read anew, and the
 * others once somebody scrolls to them: never all of a hundred thousand.
 */
export function useRecipients(id: string, { outcome, reason, asOf }: Asked) {
  const about = `${id} ${outcome} ${reason}`;
  const [state, setState] = useState<State>({ about, pages: [] });
  const [seen, setSeen] = useState({ first: 0, last: 1 });
  const { pages, problem }: State = state.about === about ? state : { about, pages: [] };
  const asking = useRef<AbortController | undefined>(undefined);
  const latest = useRef(asOf);
  latest.current = asOf;

  /** Reads the page behind those that are there; with `stale` in its place, and those behind it stay where it ends as before. */
  const read = useCallback(
    async (before: readonly Page[], stale?: Page, behind: readonly Page[] = []) => {
      asking.current?.abort();
      const stop = new AbortController();
      asking.current = stop;
      const asked = { from: before.at(-1)?.continuation, asOf: latest.current };
      try {
        const query = { outcome, reason, limit: PAGE, continuation: asked.from };
        const { items, continuation } = await api.recipients(id, query, stop.signal);
        if (stop.signal.aborted) return;
        asking.current = undefined;
        const page = { ...asked, items, continuation };
        const rest = continuation === stale?.continuation ? behind : [];
        setState({ about, pages: [...before, page, ...rest] });
      } catch (error) {
        if (stop.signal.aborted || isAborted(error)) return;
        asking.current = undefined;
        // What was read before stays; it is read anew when the counts change the next time.
        if (stale === undefined) setState({ about, pages: before, problem: problemOf(error) });
        else setState({ about, pages: [...before, { ...stale, asOf: asked.asOf }, ...behind] });
      }
    },
    [about],
  );
  useEffect(() => {
    read([]);
    return () => {
      asking.current?.abort();
      asking.current = undefined;
    };
  }, [read]);
  useEffect(() => {
    if (asking.current !== undefined) return;
    const index = staleIn(pages, seen, asOf);
    if (index >= 0) read(pages.slice(0, index), pages[index], pages.slice(index + 1));
  }, [state, seen, asOf, read]);

  const isComplete = pages.length > 0 && pages.at(-1)?.continuation === undefined;
  const items = useMemo(() => pages.flatMap((page) => page.items), [state, about]);
  const loadMore = useCallback(() => {
    if (asking.current === undefined && !isComplete) read(pages);
  }, [state, read]);
  const see = useCallback((first: number, last: number) => setSeen({ first, last }), []);
  const loaded: Loaded = {
    ...{ items, isComplete, isBegun: pages.length > 0 },
    ...(problem === undefined ? {} : { problem }),
  };
  return { loaded, loadMore, see, reload: () => read([]) };
}

/** The first page that is seen and was read under other counts; -1 where there is none. */
function staleIn(
  pages: readonly Page[],
  seen: { readonly first: number; readonly last: number },
  asOf: string,
): number {
  let begins = 0;
  return pages.findIndex((page) => {
    const ends = begins + page.items.length;
    const isSeen = begins <= seen.last && ends >= seen.first;
    begins = ends;
    return isSeen && page.asOf !== asOf;
  });
}
