import type { ComponentChildren } from 'preact';
import type { IconName } from '../parts/icon.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { Empty, Failed, Loading, Stale } from '../parts/situations.tsx';
import type { Pages } from '../wire/use-pages.ts';

/** A list with each of its states: loading, failed, empty, there, and more of it. */
export function ListView<T>({
  list,
  icon,
  empty,
  emptyText,
  children,
}: {
  readonly list: Pages<T>;
  readonly icon: IconName;
  readonly empty: string;
  readonly emptyText?: string;
  readonly children: (items: readonly T[]) => ComponentChildren;
}) {
  const { items, isLoading, problem, reload } = list;
  if (isLoading) return <Loading />;
  if (items.length === 0) {
    if (problem !== undefined) return <Failed problem={problem} retry={reload} />;
    return (
      <Empty icon={icon} title={empty}>
        {emptyText}
      </Empty>
    );
  }
  return (
    <>
      <Stale problem={problem} />
      {children(items)}
      <MoreButton list={list} />
    </>
  );
}
