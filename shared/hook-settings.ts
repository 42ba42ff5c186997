import type { RateLimit } from './domain/delivery/pace.ts';
import { parseTopic } from './domain/event/topic.ts';
import { minutes } from './domain/time.ts';

/** What operators set for web hooks. */
export interface HookSettings {
  /** Topics that web hooks may tell, as patterns. */
  readonly hookTopics: readonly string[];
  /** Up to so many bodies of one web hook are told one by one. */
  readonly hookRate: RateLimit;
}

type Read = <T>(
  key: 'NOTIFIER_HOOK_TOPICS' | 'NOTIFIER_HOOK_RATE',
  fallback: T,
  reader: (value: string) => T | undefined,
  rule: string,
) => T;

/** @param limits reads limits as people mean them */
export function hookSettings(
  read: Read,
  limits: (value: string) => readonly RateLimit[] | undefined,
  { isLocal }: { readonly isLocal: boolean },
): HookSettings {
  return {
    hookTopics: read<readonly string[]>(
      'NOTIFIER_HOOK_TOPICS',
      isLocal ? ['alerts/*'] : [],
      topicPatterns,
      'topics parted by commas such as alerts/*, builds/web',
    ),
    hookRate: read(
      'NOTIFIER_HOOK_RATE',
      { count: 60, window: minutes(1) },
      (value) => only(limits(value)),
      'one limit such as 60/60s, of 1 to 100000 bodies in 100ms to 1h',
    ),
  };
}

/** The one of a list of one. */
export function only<T>(list: readonly T[] | undefined): T | undefined {
  return list?.length === 1 ? list[0] : undefined;
}

/** Topics, of which the last segment may be `*`: everything below. */
function topicPatterns(value: string): readonly string[] | undefined {
  const patterns = value.split(',').map((part) => part.trim().toLowerCase());
  const isTopic = (text: string) => parseTopic(text.endsWith('/*') ? text.slice(0, -2) : text).ok;
  return patterns.every(isTopic) ? patterns : undefined;
}
