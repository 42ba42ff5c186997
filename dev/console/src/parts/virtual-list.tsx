import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

const BEYOND = 8;

/**
 * A list of any length of which only what is seen is in the document. Its height is that of `total` rows; for those that are
 * not loaded yet a gap is shown, and `onNeed` is asked to load on until they are there.
 */
export function VirtualList<T>({
  items,
  total,
  rowHeight,
  label,
  row,
  onNeed,
  onSee,
}: {
  readonly items: readonly T[];
  readonly total: number;
  readonly rowHeight: number;
  readonly label: string;
  readonly row: (item: T) => ComponentChildren;
  readonly onNeed: () => void;
  /** Which rows are in the document: from the first, to before the last. */
  readonly onSee?: (first: number, last: number) => void;
}) {
  const box = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 480 });
  const first = Math.max(0, Math.floor(seen.top / rowHeight) - BEYOND);
  const last = Math.min(total, Math.ceil((seen.top + seen.height) / rowHeight) + BEYOND);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () => setSeen({ top: element.scrollTop, height: element.clientHeight });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  useEffect(() => {
    if (last > items.length && items.length < total) onNeed();
  }, [last, items.length, total, onNeed]);

  useEffect(() => onSee?.(first, last), [first, last, onSee]);

  const rows = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section class="virtual" ref={box} tabIndex={0} aria-label={label}>
      <ul class="virtual-all" style={{ height: `${total * rowHeight}px` }}>
        {rows.map((index) => {
          const item = items[index];
          return (
            <li
              key={index}
              class="virtual-row"
              aria-setsize={total}
              aria-posinset={index + 1}
              style={{ top: `${index * rowHeight}px`, height: `${rowHeight}px` }}
            >
              {item === undefined ? <span class="virtual-gap" /> : row(item)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
