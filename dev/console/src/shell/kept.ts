/** What this browser keeps for the page; one that keeps nothing (private windows, policies) loses it at a reload. */
export const kept = keptIn(() => localStorage);

/** What it keeps for this tab alone: it outlives a reload, and no other tab sees it. */
export const keptOfTab = keptIn(() => sessionStorage);

/** What this tab wrote last, else what any tab did. */
export function readHere(name: string): string | undefined {
  return keptOfTab.read(name) ?? kept.read(name);
}

/** For every tab, and for this one: no other writes over that. Gives whether it is kept for every tab. */
export function writeHere(name: string, value: string | undefined): boolean {
  keptOfTab.write(name, value);
  return kept.write(name, value);
}

/** What is kept here or in any tab under a name that begins so, without that beginning. */
export function namesHere(beginning: string): readonly string[] {
  return [...new Set([...keptOfTab.names(), ...kept.names()])].flatMap((name) =>
    name.startsWith(beginning) ? [name.slice(beginning.length)] : [],
  );
}

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
    names(): readonly string[] {
      try {
        return Object.keys(storage()).flatMap((name) =>
          name.startsWith('console.') ? [name.slice('console.'.length)] : [],
        );
      } catch {
        // The browser keeps nothing.
        return [];
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
