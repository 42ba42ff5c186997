import { useFormat } from './format.ts';

/** A moment: when by the clock, or how long ago; the whole of it on pointing. */
export function Time({ at, ago = false }: { readonly at: string; readonly ago?: boolean }) {
  const format = useFormat();
  return (
    <time dateTime={at} title={format.exactTime(at)}>
      {ago ? format.ago(at) : format.time(at)}
    </time>
  );
}
