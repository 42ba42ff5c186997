import { describeTime } from '../../../calendar/describe-time.ts';
import { type Mute, mutesAt, withMute, withoutMute } from '../../../domain/conversation/preferences.ts';
import { defined } from '../../../domain/defined.ts';
import type { Topic } from '../../../domain/event/topic.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import { type Words, wordsFor } from '../../../locale/words.ts';
import type { PreferenceStore } from '../../../ports/conversation/preference-store.ts';
import type { SubscriptionStore } from '../../../ports/conversation/subscription-store.ts';
import { ANY_NEWS, ofTopic } from '../../../use-cases/living/things-of.ts';
import type { FindPersonZone } from '../../person-zone.ts';
import { isThanksBehind } from '../../understanding/politeness.ts';
import type { Command } from '../command.ts';
import { changePreferences } from './change-preferences.ts';
import { type MutePhrase, perhapsTopic, readMute, readTopic } from './mute-phrase.ts';

/** More topics than this nobody keeps apart; the stored preferences stay small. */
const MOST_MUTES = 100;

interface Deps {
  readonly preferences: PreferenceStore;
  readonly subscriptions: Pick<SubscriptionStore, 'subscriptionsOf'>;
  readonly personZone: FindPersonZone;
}

/** `mute [<topic>] [for <duration> | until <when>]` */
export function mute(deps: Deps): Command {
  return {
    name: 'mute',
    does: (locale) => wordsFor(locale).commands.mute,
    usage: 'mute [<topic>] [for <duration> | until <when>]',
    group: 'quiet',
    example: { en: 'mute for 1 hour', de: 'stumm für 1 Stunde' },
    said: {
      en: ['silence <topic>', 'be quiet <time>', 'do not disturb <time>', 'do not disturb'],
      de: [
        'stumm',
        'stumm [<thema>] [für <dauer>]',
        'stummschalten [<thema>]',
        'schalte <thema> stumm',
        'schalt <thema> stumm',
        '<thema> stummschalten',
        'stumm schalten [<thema>]',
        'stumm stellen [<thema>]',
        'schalte stumm',
        'schalte dich stumm',
        'sei leise',
        'bitte nicht stören',
        'nicht stören <zeit>',
      ],
    },
    async run({ at, text, conversation, locale }, argument) {
      const words = wordsFor(locale).quiet;
      const own = await subscribedTopic(conversation.key, perhapsTopic(text, argument));
      if (own === undefined && argument === '' && isThanksBehind(text)) {
        return { text: words.muteAll, suggestions: ['mute'], asks: { yes: 'mute' } };
      }
      const { zone, isGuessed } = await deps.personZone(conversation);
      const read: MutePhrase =
        own === undefined ? readMute(argument, { now: at, zone, locale }) : { ok: true, topic: own };
      if (!read.ok) {
        return {
          text: words.muteExample(read.message),
          suggestions: [words.muteForAnHour, words.muteForADay],
        };
      }
      const { topic, until } = read;
      const one = defined({ topic, until });
      let isFull = false;
      await changePreferences(deps.preferences, conversation.key, (preferences) => {
        const next = withMute(preferences, one, at);
        isFull = next.mutes.length > MOST_MUTES;
        return isFull ? preferences : next;
      });
      if (isFull) {
        return { text: words.tooManyMutes(MOST_MUTES) };
      }
      const end = until === undefined ? undefined : describeTime(until, { now: at, zone, locale });
      const guess = until !== undefined && isGuessed ? zone : undefined;
      return {
        text: words.muted(topic, end, guess),
        settles: { things: [aboutMute(topic)] },
        suggestions: [topic === undefined ? 'unmute' : `unmute ${topic}`, 'status'],
      };
    },
  };

  async function subscribedTopic(
    conversation: ConversationKey,
    topic: Topic | undefined,
  ): Promise<Topic | undefined> {
    if (topic === undefined) return undefined;
    const all = await deps.subscriptions.subscriptionsOf(conversation);
    return all.find((one) => one.topic === topic)?.topic;
  }
}

/** `unmute [<topic>]` */
export function unmute(deps: Pick<Deps, 'preferences'>): Command {
  return {
    name: 'unmute',
    does: (locale) => wordsFor(locale).commands.unmute,
    usage: 'unmute [<topic>]',
    group: 'quiet',
    said: {
      en: [
        'turn on notifications',
        'turn notifications on',
        'enable notifications',
        'unstop',
        'start again',
        'resume notifications',
        'mute off',
        'turn off mute',
        'turn mute off',
        'turn off mute for <topic>',
        'stop muting <topic>',
      ],
      de: [
        'laut',
        'laut [<thema>]',
        'stumm aus',
        'stummschaltung aufheben',
        'benachrichtigungen an',
        'benachrichtigungen einschalten',
        'nicht mehr stumm',
        'entstummen [<thema>]',
        'stumm aufheben',
        'stumm ausschalten',
        'stumm beenden',
        'stumm abschalten',
        'wieder laut',
        'stummschaltung aus',
        'stummschaltung ausschalten',
        'stummschaltung beenden',
        'stummschaltung abschalten',
        'hebe die stummschaltung auf',
        'stumm <thema> aufheben',
        'stumm für <thema> aufheben',
        'stummschaltung <thema> aufheben',
        'stummschaltung von <thema> aufheben',
        'stummschaltung für <thema> aufheben',
        '<thema> nicht mehr stumm',
        '<thema> nicht mehr stummschalten',
        'schalte <thema> laut',
        'schalte <thema> nicht mehr stumm',
      ],
    },
    async run({ at, text, conversation, locale }, argument) {
      const words = wordsFor(locale).quiet;
      const perhaps = perhapsTopic(text, argument);
      const read = readTopic(argument, locale);
      if (!read.ok) return { text: words.unmuteExample(read.message), suggestions: ['unmute'] };
      let { topic } = read;
      let lifted: readonly Mute[] = [];
      const { mutes } = await changePreferences(deps.preferences, conversation.key, (preferences) => {
        topic ??= preferences.mutes.find((one) => one.topic !== undefined && one.topic === perhaps)?.topic;
        const next = withoutMute(preferences, topic, at);
        lifted = mutesAt(preferences.mutes, at).filter((one) => !next.mutes.includes(one));
        return lifted.length === 0 ? preferences : next;
      });
      const left = mutesAt(mutes, at);
      if (lifted.length === 0)
        return { text: nothingWasMuted(topic, left.length, words), suggestions: ['status'] };
      const rest = left.some((other) => other.topic === undefined) ? words.stillMuted : '';
      const what = topic === undefined ? words.unmutedAll : words.unmuted(topic);
      return {
        text: `${what}${rest}`,
        settles: { things: lifted.map((one) => aboutMute(one.topic)) },
        suggestions: rest === '' ? ['status'] : ['unmute', 'status'],
      };
    },
  };
}

function aboutMute(topic: Topic | undefined): string {
  return topic === undefined ? ANY_NEWS : ofTopic(topic);
}

function nothingWasMuted(topic: string | undefined, others: number, words: Words['quiet']): string {
  if (topic === undefined) return words.nothingWasMuted;
  return others === 0 ? words.wasNotMuted(topic) : words.wasNotMutedItself(topic);
}
