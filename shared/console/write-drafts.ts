import { z } from 'zod';
import { hashOf } from '../domain/hash.ts';
import { toIso } from '../domain/time.ts';
import {
  type Draft,
  type DraftInBrief,
  type DraftStore,
  MOST_DRAFTS,
} from '../ports/authored/draft-store.ts';
import type { Clock } from '../ports/clock.ts';
import { digestOf } from '../use-cases/authoring/same-request.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from './route.ts';
import {
  bodyAs,
  changed,
  etagOf,
  full,
  invalid,
  isRefusal,
  notFound,
  OTHER_DRAFT,
  versionOf,
} from './write-answers.ts';
import { sourceOf } from './write-messages.ts';

/** A draft may have so many bytes as JSON: more than a message can, and far less than a row. */
const MOST_BYTES = 256 * 1024;

const draftBody = z.object({
  name: z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters'),
  content: z.record(z.string(), z.unknown(), {
    error: 'must be a message: an object with "type" and "data", finished or not',
  }),
});

export interface DraftDeps {
  readonly drafts: DraftStore;
  readonly newId: () => string;
  readonly clock: Clock;
}

export function draftRoutes(deps: DraftDeps): readonly ConsoleRoute[] {
  return [
    {
      method: 'GET',
      path: 'drafts',
      role: 'author',
      answer: async () => ({
        status: 200,
        body: { items: (await deps.drafts.listDrafts()).map(inBrief) },
      }),
    },
    {
      method: 'GET',
      path: 'drafts/{id}',
      role: 'author',
      answer: async ({ params }) => {
        const draft = await deps.drafts.findDraft(params.id ?? '');
        return draft === undefined ? notFound('draft', 'id', params.id ?? '') : shown(200, draft);
      },
    },
    { method: 'POST', path: 'drafts', role: 'author', action: 'draft.add', answer: add },
    { method: 'PUT', path: 'drafts/{id}', role: 'author', action: 'draft.change', answer: change },
    { method: 'DELETE', path: 'drafts/{id}', role: 'author', action: 'draft.delete', answer: remove },
  ];

  async function add(request: ConsoleRequest): Promise<ConsoleAnswer> {
    const read = readDraft(request);
    if (isRefusal(read)) return read;
    const { idempotencyKey: key } = request;
    const id = key === undefined ? deps.newId() : hashOf(`${sourceOf(request.who)}\n${key}`);
    const kept = await deps.drafts.addDraft({ ...read, id }, digestOf(request.body));
    if (kept === 'taken') return OTHER_DRAFT;
    return kept === 'full' ? full('draft', MOST_DRAFTS) : shown(201, kept);
  }

  async function change(request: ConsoleRequest): Promise<ConsoleAnswer> {
    const id = request.params.id ?? '';
    const read = readDraft(request);
    if (isRefusal(read)) return read;
    if ((await deps.drafts.findDraft(id)) === undefined) return notFound('draft', 'id', id);
    const over = versionOf(request, 'draft');
    if (isRefusal(over)) return over;
    const kept = await deps.drafts.putDraft({ ...read, id }, over);
    return kept === 'changed' ? changed('draft') : shown(200, kept);
  }

  async function remove(request: ConsoleRequest): Promise<ConsoleAnswer> {
    const id = request.params.id ?? '';
    if ((await deps.drafts.findDraft(id)) === undefined) return notFound('draft', 'id', id);
    const version = versionOf(request, 'draft');
    if (isRefusal(version)) return version;
    return (await deps.drafts.removeDraft(id, version)) ? { status: 204 } : changed('draft');
  }

  function readDraft({ body, who }: ConsoleRequest) {
    const read = bodyAs(draftBody, body);
    if (!read.ok) return invalid('This is no draft', read.faults);
    const bytes = Buffer.byteLength(JSON.stringify(read.value.content));
    if (bytes > MOST_BYTES) {
      const message = `must have at most ${MOST_BYTES} bytes as JSON; it has ${bytes}. Link to pictures in the place of holding them`;
      const faults = [{ path: 'content', message, rule: 'too-large', values: { most: MOST_BYTES, bytes } }];
      return { status: 413, code: 'too-large', title: 'The draft is too large', faults } as const;
    }
    return { ...read.value, changedAt: deps.clock.now(), changedBy: who.name };
  }
}

function inBrief({ id, name, changedAt, changedBy, version }: DraftInBrief) {
  return { id, name, changedAt: toIso(changedAt), changedBy, etag: etagOf({ version }) };
}

function shown(status: 200 | 201, draft: Draft): ConsoleAnswer {
  return { status, body: { ...inBrief(draft), content: draft.content }, etag: etagOf(draft) };
}
