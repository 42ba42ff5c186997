/**
 * What a request to the table service does, in the words of its REST interface.
 *
 * `update` (replace) and `merge` are the conditional ones (`If-Match` given); without a condition they are
 * `upsert`. `table` is anything about tables themselves, `other` what is none of these.
 */
export type OperationKind =
  | 'get'
  | 'query'
  | 'insert'
  | 'update'
  | 'merge'
  | 'upsert'
  | 'delete'
  | 'batch'
  | 'table'
  | 'other';

/** One operation on one entity, as a request of its own or inside a batch. */
export interface EntityOperation {
  readonly kind: OperationKind;
  readonly table: string;
  /** Set where the address names one entity. */
  readonly partitionKey?: string;
  readonly rowKey?: string;
  /** An `If-Match` other than `*`: the write holds only for the version that was read. */
  readonly conditional: boolean;
}

/** One request: an entity operation, or a batch with its entities. */
export interface Operation extends EntityOperation {
  /** The operations of a batch, in their order; empty for every other kind. */
  readonly entities: readonly EntityOperation[];
}

export interface TableRequest {
  readonly method: string;
  /** Path and query, as they stand in the request line. */
  readonly url: string;
  readonly ifMatch: string | undefined;
  /** `X-HTTP-Method`: MERGE travels inside POST with some clients. */
  readonly methodOverride?: string | undefined;
}

/** Reads what a request does; `body` is needed for a batch only. */
export function operationOf(request: TableRequest, body: Buffer): Operation {
  const resource = resourceOf(request.url);
  if (resource !== '$batch') return { ...entityOperationOf(request), entities: [] };
  const entities = batchEntities(body.toString('utf8'));
  return { kind: 'batch', table: entities[0]?.table ?? '', conditional: false, entities };
}

function entityOperationOf(request: TableRequest): EntityOperation {
  const resource = resourceOf(request.url);
  const table = /^[A-Za-z][A-Za-z0-9]*/.exec(resource)?.[0] ?? '';
  if (table === 'Tables') return { kind: 'table', table: tableNameIn(resource), conditional: false };
  const keys = keysIn(resource);
  const conditional = request.ifMatch !== undefined && request.ifMatch !== '*';
  return { kind: kindOf(request, table, keys !== undefined), table, ...keys, conditional };
}

function kindOf(request: TableRequest, table: string, namesEntity: boolean): OperationKind {
  if (table === '') return 'other';
  const method = (request.methodOverride ?? request.method).toUpperCase();
  const hasCondition = request.ifMatch !== undefined;
  switch (method) {
    case 'GET':
      return namesEntity ? 'get' : 'query';
    case 'POST':
      return namesEntity ? 'other' : 'insert';
    case 'PUT':
      if (!namesEntity) return 'other';
      return hasCondition ? 'update' : 'upsert';
    case 'PATCH':
    case 'MERGE':
      return hasCondition ? 'merge' : 'upsert';
    case 'DELETE':
      return 'delete';
    default:
      return 'other';
  }
}

/** The last part of the path: `/devstoreaccount1/people()` -> `people()`. Keys may hold slashes. */
function resourceOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]+/, '').split('?', 1)[0] ?? '';
  const decoded = decode(path);
  const account = /^\/devstoreaccount1\//.exec(decoded)?.[0] ?? '/';
  return decoded.startsWith(account) ? decoded.slice(account.length) : decoded;
}

function keysIn(resource: string): { partitionKey: string; rowKey: string } | undefined {
  const match = /\(PartitionKey='((?:[^']|'')*)',RowKey='((?:[^']|'')*)'\)$/.exec(resource);
  if (!match) return undefined;
  return { partitionKey: unquote(match[1] ?? ''), rowKey: unquote(match[2] ?? '') };
}

function tableNameIn(resource: string): string {
  return /^Tables\('([^']*)'\)/.exec(resource)?.[1] ?? '';
}

function unquote(text: string): string {
  return text.replaceAll("''", "'");
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A broken encoding is shown as it came.
    return path;
  }
}

/** The requests inside a multipart batch: a request line, then its headers up to an empty line. */
function batchEntities(body: string): EntityOperation[] {
  const requestLine = /^(GET|POST|PUT|PATCH|MERGE|DELETE) (\S+) HTTP\/1\.1\r?\n((?:[^\r\n]+\r?\n)*)/gm;
  return [...body.matchAll(requestLine)].map(([, method = '', url = '', headers = '']) =>
    entityOperationOf({
      method,
      url,
      ifMatch: /^If-Match:[ \t]*(.*?)[ \t]*\r?$/im.exec(headers)?.[1],
      methodOverride: /^X-HTTP-Method:[ \t]*(.*?)[ \t]*\r?$/im.exec(headers)?.[1],
    }),
  );
}
