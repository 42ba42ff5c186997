/** What this browser keeps for the page; one that keeps nothing (private windows, policies) loses it at a reload. */
export const kept = {
  read(name: string): string | undefined {
    try {
      return localStorage.getItem(`console.${name}`) ?? undefined;
    } catch {
      // The browser keeps nothing: the page goes on with what it begins with.
      return undefined;
    }
  },
  /** Gives whether it is kept. */
  write(name: string, value: string | undefined): boolean {
    try {
      if (value === undefined) localStorage.removeItem(`console.${name}`);
      else localStorage.setItem(`console.${name}`, value);
      return true;
    } catch {
      // Full or forbidden: the caller says so where it matters.
      return false;
    }
  },
};
