import type { ComponentChildren } from 'preact';

/** A table that becomes a list of cards on a narrow window: each cell says its column by itself there. */
export function Table<T>({
  columns,
  items,
  keyOf,
  isInside = false,
}: {
  readonly columns: readonly {
    readonly name: string;
    readonly cell: (item: T) => ComponentChildren;
    readonly isNumber?: boolean;
    readonly isNameHidden?: boolean;
  }[];
  readonly items: readonly T[];
  readonly keyOf: (item: T, index: number) => string;
  /** It stands in a panel already. */
  readonly isInside?: boolean;
}) {
  return (
    <div class={`table-box${isInside ? '' : ' panel is-flush'}`}>
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
