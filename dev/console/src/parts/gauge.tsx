/** How much of something is used: for the eye alone, the numbers stand in words beside it. */
export function Gauge({ value, limit }: { readonly value: number; readonly limit: number }) {
  const share = limit <= 0 ? 0 : Math.min(1, value / limit);
  return (
    <div class="gauge" aria-hidden="true">
      <i class={share >= 1 ? 'is-full' : ''} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
