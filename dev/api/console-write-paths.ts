import type { JsonObject } from '../../shared/domain/event/notification.ts';
import {
  allOf,
  always,
  anything,
  inPath,
  listOf,
  object,
  pageOf,
  paging,
  query,
  text,
} from './console-parts.ts';
import { json, ref, refused } from './references.ts';

const flag: JsonObject = { const: '1' };
const header = (name: string, required: boolean, schema = text): JsonObject => ({
  name,
  in: 'header',
  required,
  schema,
});
/** No page of another site can send it. */
const ours = header('X-Notifier-Console', true, flag);
const ifMatch = header('If-Match', true);
const key = header('Idempotency-Key', true);

interface Asked {
  readonly id: string;
  readonly summary: string;
  /** The least that somebody must be. */
  readonly role?: 'author' | 'operator';
  readonly parameters?: readonly JsonObject[];
  readonly body?: JsonObject;
  readonly answers: { readonly [status: string]: JsonObject | undefined };
  readonly refuses?: readonly number[];
}

const REFUSED: { readonly [status: number]: string } = {
  400: 'It cannot be used; every fault is named.',
  404: 'There is nothing of that name.',
  409: 'There are as many as are kept.',
  412: 'Somebody changed it since it was read.',
  413: 'It is too large.',
  415: 'The body is not `application/json`.',
  422: 'Something else was asked for with this idempotency key.',
  428: 'The version or the idempotency key is missing.',
};

function operation({
  id,
  summary,
  role = 'author',
  parameters = [],
  body,
  answers,
  refuses = [400],
}: Asked): JsonObject {
  return {
    operationId: id,
    summary,
    security: [{ console: [role] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, ...json(body) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, schema]) => [
          status,
          {
            description: schema === undefined ? 'Done.' : 'As the schema says.',
            ...(schema && json(schema)),
          },
        ]),
      ),
      ...Object.fromEntries(refuses.map((status) => [String(status), refused(REFUSED[status] ?? '')])),
      ...always,
    },
  };
}

/** What changes something, or takes a body: it has the header that no page of another site can send. */
function write({ parameters = [], refuses = [], ...asked }: Asked): JsonObject {
  const all = new Set([400, ...refuses, ...(asked.body === undefined ? [] : [413, 415])]);
  return operation({ ...asked, parameters: [...parameters, ours], refuses: [...all] });
}

const draftBody = object({ name: { ...text, maxLength: 200 }, content: anything });
const message = ref('ConsoleMessage');
/** Of a message that is being written nothing has to be right. */
const unfinished = object({}, { type: {}, data: {} });

/** What authors and operators do with the console. */
export const consoleWritePaths: JsonObject = {
  '/console/drafts': {
    get: operation({
      id: 'listDrafts',
      summary: 'All drafts, without their content.',
      answers: { 200: allOf(ref('DraftInBrief')) },
      refuses: [],
    }),
    post: write({
      id: 'addDraft',
      summary:
        'Keeps a message, finished or not; with the same key again it is kept once, and given as it is now.',
      parameters: [header('Idempotency-Key', false)],
      body: draftBody,
      answers: { 201: ref('Draft') },
      refuses: [409, 422],
    }),
  },
  '/console/drafts/{id}': {
    get: operation({
      id: 'getDraft',
      summary: 'A draft.',
      parameters: [inPath('id')],
      answers: { 200: ref('Draft') },
      refuses: [404],
    }),
    put: write({
      id: 'changeDraft',
      summary: 'Changes the version that was read.',
      parameters: [inPath('id'), ifMatch],
      body: draftBody,
      answers: { 200: ref('Draft') },
      refuses: [404, 412, 428],
    }),
    delete: write({
      id: 'deleteDraft',
      summary: 'Deletes the version that was read.',
      parameters: [inPath('id'), ifMatch],
      answers: { 204: undefined },
      refuses: [404, 412, 428],
    }),
  },
  '/console/audiences': {
    get: operation({
      id: 'listAudiences',
      summary: 'Stored audiences by name.',
      parameters: paging,
      answers: { 200: pageOf(ref('AudienceInBrief')) },
    }),
  },
  '/console/audiences/{name}': {
    get: operation({
      id: 'getAudience',
      summary: 'An audience and its entries.',
      parameters: [inPath('name'), ...paging],
      answers: { 200: ref('Audience') },
      refuses: [400, 404],
    }),
    put: write({
      id: 'storeAudience',
      summary: 'Stores a list and says who of it is known; `If-Match` where there is one of that name.',
      parameters: [inPath('name'), header('If-Match', false)],
      body: object({
        entries: {
          oneOf: [text, listOf(text)],
          description:
            'Mails, user principal names, ids and keys; one text is parted by lines, commas, semicolons and tabs. At most 100,000.',
        },
      }),
      answers: { 200: ref('AudienceReport'), 201: ref('AudienceReport') },
      refuses: [409, 412, 428],
    }),
    delete: write({
      id: 'deleteAudience',
      summary: 'Deletes the version that was read.',
      parameters: [inPath('name'), ifMatch],
      answers: { 204: undefined },
      refuses: [404, 412, 428],
    }),
  },
  '/console/preview': {
    post: write({
      id: 'previewMessage',
      summary: 'What people will see, its size on each channel, and what is wrong with it.',
      parameters: [query('locale', text)],
      body: unfinished,
      answers: { 200: ref('Preview') },
    }),
  },
  '/console/dry-run': {
    post: write({
      id: 'dryRunMessage',
      summary: 'How many people it would reach now, how long that takes and what it costs.',
      body: unfinished,
      answers: { 200: ref('DryRun') },
    }),
  },
  '/console/test': {
    post: write({
      id: 'testMessage',
      summary:
        'Sends it to whoever is signed in, now, also where clients would not understand all of its card.',
      parameters: [key],
      body: object({ message }, { to: { ...text, description: 'On the local stack: a key.' } }),
      answers: { 202: ref('ConsoleSent') },
      refuses: [422, 428],
    }),
  },
  '/console/notifications': {
    post: write({
      id: 'sendMessage',
      summary:
        'Sends it, where a dry run names no fault; with the same key again nobody is told twice, and another message is refused.',
      parameters: [key],
      body: message,
      answers: { 202: ref('ConsoleSent') },
      refuses: [422, 428],
    }),
  },
  '/console/notifications/{id}': {
    delete: write({
      id: 'cancelOwn',
      summary: 'Cancels what one sent; operators cancel anything.',
      parameters: [inPath('id'), query('recall', flag)],
      answers: { 202: ref('Cancelled') },
    }),
  },
  '/console/parked/replay': {
    post: write({
      id: 'replayParked',
      summary: 'Gives parked items another run.',
      role: 'operator',
      body: ref('ParkedToReplay'),
      answers: { 200: ref('ParkedDecided') },
    }),
  },
  '/console/parked/drop': {
    post: write({
      id: 'dropParked',
      summary: 'Removes parked items for good.',
      role: 'operator',
      body: ref('ParkedToDrop'),
      answers: { 200: ref('ParkedDecided') },
    }),
  },
  '/console/people/{key}': {
    delete: write({
      id: 'erasePerson',
      summary: 'Forgets a person, as "forget me" does.',
      role: 'operator',
      parameters: [inPath('key'), query('dryRun', flag)],
      answers: { 200: ref('PersonErased'), 202: ref('PersonErased') },
      refuses: [404],
    }),
  },
  '/console/hooks/{id}': {
    delete: write({
      id: 'revokeHook',
      summary: 'Ends a web hook at once.',
      role: 'operator',
      parameters: [inPath('id')],
      answers: { 200: ref('HookRevoked') },
      refuses: [404],
    }),
  },
};
