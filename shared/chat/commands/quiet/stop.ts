import { withMute } from '../../../domain/conversation/preferences.ts';
import { wordsFor } from '../../../locale/words.ts';
import type { PreferenceStore } from '../../../ports/conversation/preference-store.ts';
import { ANY_NEWS } from '../../../use-cases/living/things-of.ts';
import type { Command } from '../command.ts';
import { changePreferences } from './change-preferences.ts';

export const STOP = 'stop';

/** `stop`: mutes everything, and says how to come back. It works whatever somebody is in the middle of. */
export function stop(deps: { readonly preferences: PreferenceStore }): Command {
  return {
    name: STOP,
    usage: STOP,
    group: 'quiet',
    said: {
      en: [
        'stop all',
        'stop everything',
        'stop it',
        'stop messaging me',
        'stop notifications',
        'stop sending me messages',
        'turn off notifications',
        'turn notifications off',
        'disable notifications',
        'no more notifications',
        'opt out',
        'leave me alone',
        'shut up',
        'mute me',
        'unsubscribe me',
      ],
      de: [
        'stopp',
        'stop',
        'hör auf',
        'aufhören',
        'benachrichtigungen aus',
        'benachrichtigungen ausschalten',
        'schalte benachrichtigungen aus',
        'keine benachrichtigungen',
        'keine nachrichten mehr',
        'lass mich in ruhe',
        'sei still',
        'ruhe',
      ],
    },
    does: (locale) => wordsFor(locale).commands.stop,
    async run({ at, conversation, locale }) {
      await changePreferences(deps.preferences, conversation.key, (was) => withMute(was, {}, at));
      return {
        text: wordsFor(locale).quiet.stopped,
        settles: { things: [ANY_NEWS] },
        suggestions: ['unmute'],
      };
    },
  };
}
