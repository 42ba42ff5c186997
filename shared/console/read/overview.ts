import type { CatalogEntry, TopicOffer } from '../../catalog/entry.ts';
import { kindSchema } from '../../catalog/json-schema.ts';
import { defined } from '../../domain/defined.ts';
import type { Topic } from '../../domain/event/topic.ts';
import { parseTopic } from '../../domain/event/topic.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { type Instant, toIso } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Audience } from '../../ports/delivery/audience.ts';
import type { TopicActivity } from '../../ports/event/topic-activity.ts';
import { pagesOfGroup } from '../../use-cases/audience/pages-of-group.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from '../route.ts';
import { ok, unknown } from './answers.ts';
import { Asked, continuationOf, type Language } from './asked.ts';
import { type WhoDeps, whoOrWhere } from './who.ts';

/** A web hook as everybody may see it: nothing that opens it. */
export interface HookShown {
  readonly id: string;
  readonly name: string;
  readonly topic?: string;
  readonly conversation: string;
  readonly createdAt: Instant;
  /** The addressee who asked for it, where it is a place's. */
  readonly createdBy?: string;
  readonly lastUsedAt?: Instant;
}

export interface OverviewDeps extends WhoDeps {
  /** By id, those behind `after`. */
  readonly hooks: (after?: string) => AsyncIterable<HookShown>;
  readonly entries: readonly CatalogEntry[];
  readonly topicOffers: readonly TopicOffer[];
  readonly topicActivity: TopicActivity;
  readonly audience: Audience;
  /** Every setting as it may be seen. */
  readonly settings: readonly object[];
  readonly clock: Clock;
}

const AT_ONCE = 4;
/** A topic of more has "so many at least". */
const MOST_COUNTED = 10_000;

/** All of a list, in the language of whoever reads it. */
function inLanguage(items: (language: Language) => Promise<readonly object[]>): ConsoleRoute['answer'] {
  return async ({ query }) => {
    const asked = new Asked(query);
    const language = asked.language();
    return asked.refusal ?? ok({ items: await items(language) });
  };
}

export function overviewRoutes(deps: OverviewDeps): readonly ConsoleRoute[] {
  const published = deps.entries.filter(({ internal }) => internal !== true);
  return [
    { method: 'GET', path: 'hooks', role: 'reader', answer: hooks },
    { method: 'GET', path: 'topics', role: 'reader', answer: topics },
    { method: 'GET', path: 'settings', role: 'reader', answer: async () => ok({ items: deps.settings }) },
    {
      method: 'GET',
      path: 'kinds',
      role: 'reader',
      answer: inLanguage(async (language) =>
        published.map(({ type, title }) => ({ type, title: title(language) })),
      ),
    },
    {
      method: 'GET',
      path: 'schema/{type}',
      role: 'reader',
      async answer({ params }) {
        const entry = published.find(({ type }) => type === params.type);
        return entry === undefined
          ? unknown('type', { path: 'type', name: params.type })
          : ok(kindSchema(entry));
      },
    },
  ];

  async function hooks({ query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const limit = asked.limit();
    const after = asked.continuation(([id = '']) => (/^[\w-]{1,64}$/.test(id) ? id : undefined));
    if (asked.refusal !== undefined) return asked.refusal;
    const page: HookShown[] = [];
    let continuation: string | undefined;
    for await (const hook of deps.hooks(after)) {
      const last = page.at(-1);
      if (page.length === limit && last !== undefined) {
        continuation = continuationOf(last.id);
        break;
      }
      page.push(hook);
    }
    const named = page.flatMap(({ conversation, createdBy = conversation }) => [conversation, createdBy]);
    const known = new Map((await whoOrWhere(deps, [...new Set(named)])).map((one) => [one.who.key, one]));
    const items = page.map(({ conversation, createdBy, createdAt, lastUsedAt, ...hook }) => {
      const place = known.get(conversation);
      // Who asked for one of a place may be forgotten since; one of somebody's own is theirs.
      const whose = createdBy ?? (place?.isPerson === true ? conversation : undefined);
      return {
        ...hook,
        place: place?.who,
        createdAt: toIso(createdAt),
        ...defined({
          createdBy: whose === undefined ? undefined : known.get(whose)?.who,
          lastUsedAt: lastUsedAt === undefined ? undefined : toIso(lastUsedAt),
        }),
      };
    });
    return ok({ items, ...defined({ continuation }) });
  }

  /** Those that a kind offers, and those that anything went out on lately, by name. */
  async function topics({ query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const language = asked.language();
    const limit = asked.limit();
    const after = asked.continuation(topicIn) ?? '';
    const text = asked.text('text')?.toLowerCase() ?? '';
    if (asked.refusal !== undefined) return asked.refusal;
    const known = await knownTopics(language);
    const rest = known.filter(([topic]) => topic > after && topic.includes(text));
    const page = rest.slice(0, limit);
    const last = rest.length > limit ? page.at(-1) : undefined;
    const items = await inParallel(page, AT_ONCE, async ([topic, more]) => ({
      topic,
      ...more,
      ...(await subscribersOf(topic)),
    }));
    return ok({ items, ...defined({ continuation: last && continuationOf(last[0]) }) });
  }

  async function knownTopics(language: Language) {
    const offered = deps.topicOffers.flatMap(({ pattern, title }) => {
      const topic = parseTopic(pattern);
      return topic.ok ? [{ topic: topic.value, kind: title(language) }] : [];
    });
    const active = await deps.topicActivity.topicsLately(deps.clock.now());
    const known = new Map<Topic, { readonly kind?: string; readonly lately?: number }>(
      offered.map(({ topic, kind }) => [topic, { kind }]),
    );
    for (const { topic, count } of active) known.set(topic, { ...known.get(topic), lately: count });
    return [...known].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  async function subscribersOf(
    topic: Topic,
  ): Promise<{ readonly subscribers: number; readonly atLeast?: true }> {
    let subscribers = 0;
    for await (const { keys } of pagesOfGroup(deps.audience, { kind: 'topic', topic })) {
      subscribers += keys.length;
      if (subscribers >= MOST_COUNTED) return { subscribers, atLeast: true };
    }
    return { subscribers };
  }
}

/** A topic's name may have spaces, which part what else a continuation holds. */
function topicIn(parts: readonly string[]): string | undefined {
  const topic = parts.join(' ');
  return parseTopic(topic).ok ? topic : undefined;
}
