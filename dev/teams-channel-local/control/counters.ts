import { answerEmpty, answerJson } from '../http/answer.ts';
import { readAs } from '../http/body.ts';
import { notFound } from '../http/errors.ts';
import { describeLimits, limitChangeShape, toSettings } from '../limits/limit-settings.ts';
import type { ChannelParts } from '../parts.ts';
import type { ControlRequest } from './request.ts';

/** `GET /stats` -> counts (`StatsReport`); `DELETE /stats` counts from nothing again. */
export function handleStats(parts: ChannelParts, { req, res }: ControlRequest): void {
  switch (req.method) {
    case 'GET':
      answerJson(res, 200, parts.stats.report());
      break;
    case 'DELETE':
      parts.stats.clear();
      answerEmpty(res, 204);
      break;
    default:
      throw notFound(`There is no ${req.method} ${req.url}`);
  }
}

/** `GET /limits`; `PUT /limits` changes what it names. All windows begin again, empty. */
export async function handleLimits(parts: ChannelParts, { req, res }: ControlRequest): Promise<void> {
  if (req.method === 'PUT') parts.limits.change(toSettings(await readAs(req, limitChangeShape)));
  else if (req.method !== 'GET') throw notFound(`There is no ${req.method} ${req.url}`);
  answerJson(res, 200, describeLimits(parts.limits.settings));
}
