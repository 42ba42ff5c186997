import type { Pages } from '../wire/use-pages.ts';
import { useWords } from '../words/words.ts';

export function MoreButton({ list }: { readonly list: Pages<unknown> }) {
  const { shell } = useWords();
  if (!list.isMore) return null;
  return (
    <p class="more">
      <button type="button" class="button" disabled={list.isLoadingMore} onClick={list.loadMore}>
        {list.isLoadingMore ? shell.loading : shell.more}
      </button>
    </p>
  );
}
