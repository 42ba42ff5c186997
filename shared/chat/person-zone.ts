import { isZone } from '../calendar/local-time.ts';
import type { Conversation } from '../domain/conversation/conversation.ts';
import type { PreferenceStore } from '../ports/conversation/preference-store.ts';
import { zoneOf } from '../use-cases/holding-back/quiet-hours.ts';

/** The clock that somebody reads. */
export interface PersonZone {
  /** IANA zone. */
  readonly zone: string;
  /** Neither the person nor the channel has told it: it is the default, and may be wrong. */
  readonly isGuessed: boolean;
}

export type FindPersonZone = (conversation: Conversation) => Promise<PersonZone>;

/** Throws `StoreUnavailable`. */
export function findPersonZone(deps: {
  readonly preferences: PreferenceStore;
  readonly defaultTimeZone: string;
}): FindPersonZone {
  return async (conversation) => {
    const { preferences } = await deps.preferences.findPreferences(conversation.key);
    const told = preferences.timeZone ?? conversation.timeZone;
    return {
      zone: zoneOf(preferences, conversation, deps.defaultTimeZone),
      isGuessed: told === undefined || !isZone(told),
    };
  };
}
