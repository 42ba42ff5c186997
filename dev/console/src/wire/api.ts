import * as z from 'zod/mini';
import { language } from '../shell/preferences.ts';
import { type Asked, ask, nothing, pathOf } from './http.ts';
import * as shape from './shapes.ts';

type Query = { readonly [name: string]: string | undefined };
type Signal = AbortSignal | undefined;
const one = encodeURIComponent;

async function got<T>(path: string, of: z.ZodMiniType<T>, signal?: Signal): Promise<T> {
  return (await ask(path, of, { signal })).value;
}

async function did<T>(path: string, of: z.ZodMiniType<T>, asked: Asked): Promise<T> {
  return (await ask(path, of, { method: 'POST', ...asked })).value;
}

/** Pages of a list: asked for with what the former page said, in the language of the page. */
function pages<T>(path: string, item: z.ZodMiniType<T>) {
  const list = shape.listOf(item);
  return (query: Query, signal?: Signal) => got(pathOf(path, spoken(query)), list, signal);
}

function spoken(query: Query = {}): Query {
  return { ...query, language: language.get() };
}

// What is read.
export const me = (signal?: Signal) => got('me', shape.meShape, signal);
export const now = (signal?: Signal) => got(pathOf('now', spoken()), shape.nowShape, signal);
export const notifications = pages('notifications', shape.briefShape);
export const notification = (id: string, signal?: Signal) =>
  got(pathOf(`notifications/${one(id)}`, spoken()), shape.detailsShape, signal);
export const recipients = (id: string, query: Query, signal?: Signal) =>
  got(pathOf(`notifications/${one(id)}/recipients`, query), shape.listOf(shape.recipientShape), signal);
export const people = (text: string, signal?: Signal, continuation?: string) =>
  got(pathOf('people', { text, continuation }), shape.foundPeopleShape, signal);
export const person = (key: string, signal?: Signal) => got(`people/${one(key)}`, shape.personShape, signal);
export const toldOf = (key: string, query: Query, signal?: Signal) =>
  got(pathOf(`people/${one(key)}/notifications`, spoken(query)), shape.listOf(shape.toldShape), signal);
export const parked = pages('parked', shape.parkedShape);
export const parkedInFull = (id: string, signal?: Signal) =>
  got(pathOf(`parked/${one(id)}`, spoken()), shape.parkedInFullShape, signal);
export const hooks = pages('hooks', shape.hookShape);
export const topics = pages('topics', shape.topicShape);
export const settings = pages('settings', shape.settingShape);
export const audit = pages('audit', shape.auditShape);
export const kinds = pages('kinds', shape.kindShape);
export const schema = (type: string, signal?: Signal) =>
  got(`schema/${one(type)}`, z.record(z.string(), z.unknown()), signal);

// What is written.
export const drafts = pages('drafts', shape.draftShape);
export const draft = (id: string, signal?: Signal) => ask(`drafts/${one(id)}`, shape.draftShape, { signal });
export const makeDraft = (
  body: { readonly name: string; readonly content: unknown },
  idempotencyKey: string,
) => ask('drafts', shape.draftShape, { method: 'POST', body, idempotencyKey });
export const changeDraft = (id: string, body: object, ifMatch: string) =>
  ask(`drafts/${one(id)}`, shape.draftShape, { method: 'PUT', body, ifMatch });
export const dropDraft = (id: string, ifMatch: string) =>
  ask(`drafts/${one(id)}`, nothing, { method: 'DELETE', ifMatch });
export const audiences = pages('audiences', shape.audienceShape);
export const audience = (name: string) => ask(`audiences/${one(name)}`, shape.audienceShape);
export const putAudience = (name: string, entries: string, ifMatch?: string) =>
  ask(`audiences/${one(name)}`, shape.audienceReportShape, { method: 'PUT', body: { entries }, ifMatch });
export const preview = (message: unknown, signal?: Signal) =>
  did(pathOf('preview', { locale: language.get() }), shape.previewShape, { body: message, signal });
export const dryRun = (message: unknown, signal?: Signal) =>
  did('dry-run', shape.dryRunShape, { body: message, signal });
/** To whoever is signed in; on the local stack, which knows nobody, to the person of the key. */
export const test = (message: unknown, idempotencyKey: string, to?: string) =>
  did('test', shape.idShape, { body: to === undefined ? { message } : { message, to }, idempotencyKey });
export const sendMessage = (message: unknown, idempotencyKey: string) =>
  did('notifications', shape.idShape, { body: message, idempotencyKey });
export const cancel = (id: string, { recall }: { readonly recall: boolean }) =>
  did(pathOf(`notifications/${one(id)}`, { recall: recall ? '1' : undefined }), nothing, {
    method: 'DELETE',
  });
export const replay = (which: object) => did('parked/replay', shape.bulkShape, { body: which });
export const drop = (which: object) => did('parked/drop', shape.bulkShape, { body: which });
export const erase = (key: string, { dryRun: isDry }: { readonly dryRun: boolean }) =>
  did(pathOf(`people/${one(key)}`, { dryRun: isDry ? '1' : undefined }), shape.erasedShape, {
    method: 'DELETE',
  });
export const revokeHook = (id: string) => did(`hooks/${one(id)}`, nothing, { method: 'DELETE' });
