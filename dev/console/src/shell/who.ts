import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Me } from '../wire/shapes.ts';

const NOBODY: Me = { name: '', roles: [], local: false, version: '', defaultTimeZone: 'UTC' };

export const Who = createContext<Me>(NOBODY);

/** Who looks at the page, and what they may do: what they may not is not offered. */
export function useWho() {
  const me = useContext(Who);
  return {
    me,
    mayWrite: me.roles.includes('author') || me.roles.includes('operator'),
    mayOperate: me.roles.includes('operator'),
    /** What the notifier calls what they send. */
    source: `console/${me.objectId ?? 'local'}`,
  };
}
