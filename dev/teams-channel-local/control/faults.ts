import type { FaultRequest } from '../faults/fault.ts';
import { faultShape } from '../faults/fault.ts';
import { answerEmpty, answerJson } from '../http/answer.ts';
import { readAs } from '../http/body.ts';
import { notFound } from '../http/errors.ts';
import type { ChannelParts } from '../parts.ts';
import type { ControlRequest } from './request.ts';

/**
 * `POST /faults` -> 201 `{"id"}`; `GET /faults` -> the list; `DELETE /faults/{id}` and `DELETE /faults` (all).
 * A fault may name its conversation by id or by key.
 */
export async function handleFaults(parts: ChannelParts, { req, res, target }: ControlRequest): Promise<void> {
  const [, id] = target.segments;
  switch (`${req.method}${id === undefined ? '' : ' id'}`) {
    case 'POST':
      return answerJson(res, 201, { id: addFault(parts, await readAs(req, faultShape)) });
    case 'GET':
      return answerJson(res, 200, parts.faults.list());
    case 'DELETE':
      parts.faults.clear();
      return answerEmpty(res, 204);
    case 'DELETE id':
      if (!parts.faults.remove(id ?? '')) throw notFound(`No fault has the id "${id}".`);
      return answerEmpty(res, 204);
    default:
      throw notFound(`There is no ${req.method} ${req.url}`);
  }
}

/** A thread's id means its channel. Throws HttpError for a conversation that is not there: no request would meet it. */
export function addFault(parts: ChannelParts, fault: FaultRequest): string {
  const { conversation: name } = fault;
  if (name === undefined) return parts.faults.add(fault).id;
  const conversation = parts.conversations.find(name);
  if (conversation === undefined) {
    throw notFound(
      `No conversation has the id or key "${name}": name one that GET /conversations lists, or leave it out for all.`,
    );
  }
  return parts.faults.add({ ...fault, conversation: conversation.id }).id;
}
