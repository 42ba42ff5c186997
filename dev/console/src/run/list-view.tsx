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

/** A table that becomes a list of cards on a narrow window: each cell says its column by itself there. */
export function Table<T>({
  columns,
  items,
  keyOf,
}: {
  readonly columns: readonly {
    readonly name: string;
    readonly cell: (item: T) => ComponentChildren;
    readonly isNumber?: boolean;
    readonly isNameHidden?: boolean;
  }[];
  readonly items: readonly T[];
  readonly keyOf: (item: T, index: number) => string;
}) {
  return (
    <div class="table-box panel is-flush">
      <table class="is-cards">
        <thead>
          <tr>
            {columns.map(({ name, isNumber = false, isNameHidden = false }) => (
              <th scope="col" class={isNumber ? 'is-number' : ''}>
                <span class={isNameHidden ? 'only-spoken' : ''}>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <tr key={keyOf(item, index)}>
              {columns.map(({ name, cell, isNumber = false, isNameHidden = false }, at) => {
                const class_ = isNumber ? 'is-number' : '';
                const label = isNameHidden ? '' : name;
                return at === 0 ? (
                  <th scope="row" class={class_} data-label={label} dir="auto">
                    {cell(item)}
                  </th>
                ) : (
                  <td class={class_} data-label={label}>
                    {cell(item)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
