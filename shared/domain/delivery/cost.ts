/**
 * US dollars for one person more of a broadcast, at list prices: what nine million a month cost beyond an idle month, for each of
 * them, in the table of `docs/operations.md`, "Costs", where Service Bus is Basic. Runs, compute, queues, tables and what stays in
 * them for a month, logs, and the removal at the end are in it; timers, the host's storage, alerts and base prices, which are paid
 * whether anybody is told or not, are not. A test does the sum anew.
 */
export const USD_PER_PERSON = 1.39 / 1_000_000;
