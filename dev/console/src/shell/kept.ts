/** What this browser keeps for the page; one that keeps nothing (private windows, policies) loses it at a reload. */
export const kept = keptIn(() => localStorage);

/** What it keeps for this tab alone: it outlives a reload, and no other tab sees it. */
export const keptOfTab = keptIn(() => sessionStorage);

function keptIn(storage: () => Storage) {
  return {
    read(name: string): string | undefined {
      try {
        return storage().getItem(`console.${name}`) ?? undefined;
      } catch {
        // The browser keeps nothing: the page goes on with what it begins with.
        return undefined;
      }
    },
    /** Gives whether it is kept. */
    write(name: string, value: string | undefined): boolean {
      try {
        if (value === undefined) storage().removeItem(`console.${name}`);
        else storage().setItem(`console.${name}`, value);
        return true;
      } catch {
        // Full or forbidden: the caller says so where it matters.
        return false;
      }
    },
  };
}
