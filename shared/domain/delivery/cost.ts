/**
 * US dollars for one person more of a broadcast, at list prices: what nine million a month cost beyond an idle month, for each of
 * them, in the table of `docs/operations.md`, "Costs", where Service Bus is Basic. Runs, compute, queues, tables, logs, and the removal at the end are in
 * it; timers, alerts and base prices, which are paid whether anybody is told or not, are not. A test does the sum anew.
 */
export const USD_PER_PERSON = 1.35 / 1_000_000;
