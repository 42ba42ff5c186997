/** Runs `work` on every item, at most `lanes` at a time, in the items' order. What `work` throws ends the whole. */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const entries = items.values();
  const lane = async (): Promise<void> => {
    // All lanes draw from the one iterator, so that each item is taken once.
    for (const item of entries) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
}
