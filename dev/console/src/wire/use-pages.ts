import { useEffect, useRef, useState } from 'preact/hooks';
import { isAborted, type Problem, problemOf } from './problem.ts';
import { useAsked } from './use-asked.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly continuation?: string | undefined;
}

export interface Pages<T> {
  readonly items: readonly T[];
  readonly isLoading: boolean;
  readonly isMore: boolean;
  readonly isLoadingMore: boolean;
  readonly problem?: Problem;
  readonly loadMore: () => void;
  readonly reload: () => void;
}

/**
 * A list that is asked for page by page. Its first page is asked for anew every so often, until somebody asks for more. A page
 * may be empty and not the last, where the server looked long enough: then the next is asked for until there is something.
 */
export function usePages<T>(
  asked: (continuation: string | undefined, signal?: AbortSignal) => Promise<Page<T>>,
  about: string,
  everySeconds?: number,
): Pages<T> {
  const [rest, setRest] = useState<{ about: string; pages: readonly Page<T>[] }>({ about, pages: [] });
  const [more, setMore] = useState<{ isLoading: boolean; problem?: Problem }>({ isLoading: false });
  const later = rest.about === about ? rest.pages : [];
  const first = useAsked(
    (signal) => asked(undefined, signal),
    about,
    later.every(({ items }) => items.length === 0) ? everySeconds : undefined,
  );
  const last = later.at(-1) ?? first.value;
  const items = [...(first.value?.items ?? []), ...later.flatMap((page) => page.items)];
  const problem = more.problem ?? first.problem;
  const isLooking = items.length === 0 && last?.continuation !== undefined && problem === undefined;
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);

  useEffect(() => {
    if (isLooking && !more.isLoading) loadMore();
  }, [isLooking, more.isLoading, last]);

  async function loadMore() {
    if (more.isLoading || last?.continuation === undefined) return;
    setMore({ isLoading: true });
    try {
      const page = await asked(last.continuation);
      if (isGone.current) return;
      setRest({ about, pages: [...later, page] });
      setMore({ isLoading: false });
    } catch (error) {
      if (!isGone.current && !isAborted(error)) setMore({ isLoading: false, problem: problemOf(error) });
    }
  }

  return {
    items,
    isLoading: first.isLoading || isLooking,
    isMore: last?.continuation !== undefined,
    isLoadingMore: more.isLoading,
    ...(problem === undefined ? {} : { problem }),
    loadMore,
    reload() {
      setRest({ about, pages: [] });
      setMore({ isLoading: false });
      first.reload();
    },
  };
}
