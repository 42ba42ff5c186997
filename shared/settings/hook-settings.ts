import type { RateLimit } from '../domain/delivery/pace.ts';
import { parseTopic } from '../domain/event/topic.ts';
import { minutes } from '../domain/time.ts';
import { oneLimit, type Rule } from './rule.ts';
import type { SettingReader } from './setting-reader.ts';

/** What operators set for web hooks. */
export interface HookSettings {
  /** Topics that web hooks may tell, as patterns. */
  readonly hookTopics: readonly string[];
  /** Up to so many bodies of one web hook are told one by one. */
  readonly hookRate: RateLimit;
}

const topicsRule: Rule<readonly string[]> = {
  read: topicPatterns,
  wanted: 'topics parted by commas such as alerts/*, builds/web',
};

const rateRule: Rule<RateLimit> = {
  read: oneLimit.read,
  wanted: 'one limit such as 60/60s, of 1 to 100000 bodies in 100ms to 1h',
};

export function readHookSettings(
  settings: SettingReader<'NOTIFIER_HOOK_TOPICS' | 'NOTIFIER_HOOK_RATE'>,
  isLocal: boolean,
): HookSettings {
  return {
    hookTopics: settings.read('NOTIFIER_HOOK_TOPICS', topicsRule, isLocal ? ['alerts/*'] : []),
    hookRate: settings.read('NOTIFIER_HOOK_RATE', rateRule, { count: 60, window: minutes(1) }),
  };
}

/** Topics, of which the last segment may be `*`: everything below. */
function topicPatterns(value: string): readonly string[] | undefined {
  const patterns = value.split(',').map((part) => part.trim().toLowerCase());
  const isTopic = (text: string) => parseTopic(text.endsWith('/*') ? text.slice(0, -2) : text).ok;
  return patterns.every(isTopic) ? patterns : undefined;
}
