import { z } from 'zod';
import { defined } from '../domain/defined.ts';
import { parseTopic, type Topic } from '../domain/event/topic.ts';
import { isPersonKey } from '../domain/ids.ts';
import { toIso } from '../domain/time.ts';
import {
  type AudienceInBrief,
  type AudienceStore,
  MOST_AUDIENCES,
} from '../ports/authored/audience-store.ts';
import { type StoreAudienceDeps, storeAudience } from '../use-cases/authoring/store-audience.ts';
import { Asked } from './read/asked.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from './route.ts';
import {
  bodyAs,
  changed,
  etagOf,
  full,
  invalid,
  isRefusal,
  notFound,
  type Refusal,
  versionOf,
} from './write-answers.ts';

const audienceBody = z.object({
  entries: z.union([z.string(), z.array(z.string())], {
    error: 'must be a list of mails, user principal names, ids or keys, or one text with one in each line',
  }),
});

export interface AudienceDeps extends StoreAudienceDeps {
  readonly audiences: AudienceStore;
}

export function audienceRoutes(deps: AudienceDeps): readonly ConsoleRoute[] {
  return [
    { method: 'GET', path: 'audiences', role: 'author', answer: list },
    { method: 'GET', path: 'audiences/{name}', role: 'author', answer: show },
    { method: 'PUT', path: 'audiences/{name}', role: 'author', action: 'audience.store', answer: put },
    { method: 'DELETE', path: 'audiences/{name}', role: 'author', action: 'audience.delete', answer: remove },
  ];

  async function list({ query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const limit = asked.limit();
    const after = asked.after(isTopic) ?? '';
    if (asked.refusal !== undefined) return asked.refusal;
    const rest = (await deps.audiences.listAudiences()).filter(({ name }) => name > after);
    const items = rest.slice(0, limit);
    const continuation = rest.length > items.length ? items.at(-1)?.name : undefined;
    return { status: 200, body: { items: items.map(inBrief), ...defined({ continuation }) } };
  }

  async function show({ params, query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const name = nameIn(params);
    if (isRefusal(name)) return name;
    const asked = new Asked(query);
    const limit = asked.limit();
    const after = asked.after(isPersonKey);
    if (asked.refusal !== undefined) return asked.refusal;
    const [audience, page] = await Promise.all([
      deps.audiences.findAudience(name),
      deps.audiences.entriesOf(name, { limit, ...defined({ after }) }),
    ]);
    if (audience === undefined || page === undefined) return notFound('audience', 'name', name);
    return {
      status: 200,
      body: { ...inBrief(audience), items: page.items, ...defined({ continuation: page.after }) },
      etag: etagOf(audience),
    };
  }

  async function put(request: ConsoleRequest): Promise<ConsoleAnswer> {
    const name = nameIn(request.params);
    if (isRefusal(name)) return name;
    const read = bodyAs(audienceBody, request.body);
    if (!read.ok) return invalid('This is no audience', read.faults);
    const isThere = (await deps.audiences.findAudience(name)) !== undefined;
    const over = isThere || request.ifMatch !== undefined ? versionOf(request, 'audience') : undefined;
    if (isRefusal(over)) return over;
    const given = read.value.entries;
    const stored = await storeAudience(deps, { name, given, by: request.who.name, ...defined({ over }) });
    switch (stored.kind) {
      case 'refused':
        return invalid('These are no entries of an audience', stored.faults);
      case 'changed':
        return changed('audience');
      case 'full':
        return full('audience', MOST_AUDIENCES);
      case 'stored': {
        const { audience, ...report } = stored.report;
        return {
          status: isThere ? 200 : 201,
          body: { ...inBrief(audience), ...report },
          etag: etagOf(audience),
        };
      }
    }
  }

  async function remove(request: ConsoleRequest): Promise<ConsoleAnswer> {
    const name = nameIn(request.params);
    if (isRefusal(name)) return name;
    if ((await deps.audiences.findAudience(name)) === undefined) return notFound('audience', 'name', name);
    const version = versionOf(request, 'audience');
    if (isRefusal(version)) return version;
    return (await deps.audiences.removeAudience(name, version)) ? { status: 204 } : changed('audience');
  }
}

function inBrief({ name, entries, changedAt, changedBy, version }: AudienceInBrief) {
  return { name, entries, changedAt: toIso(changedAt), changedBy, etag: etagOf({ version }) };
}

function isTopic(text: string): text is Topic {
  return parseTopic(text).ok;
}

function nameIn({ name = '' }: ConsoleRequest['params']): Topic | Refusal {
  const read = parseTopic(name);
  if (read.ok) return read.value;
  const faults = read.faults.map(({ message }) => ({
    path: 'name',
    message: `must be written as names of topics are: ${message}`,
    rule: 'topic',
  }));
  return invalid('This is no name of an audience', faults);
}
