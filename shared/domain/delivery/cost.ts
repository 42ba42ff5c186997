/**
 * US dollars for one person of a broadcast, as measured at list prices: `docs/performance.md`, a million messages at nine million a
 * month, their removal included. What runs anyway is not in it.
 */
export const USD_PER_PERSON = 1.43 / 1_000_000;
