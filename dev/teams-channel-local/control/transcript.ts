import { answerJson } from '../http/answer.ts';
import { notFound } from '../http/errors.ts';
import type { ChannelParts } from '../parts.ts';
import { describeEntry } from '../transcript/entry.ts';
import type { ControlRequest } from './request.ts';

/**
 * `GET /transcript?conversation=` (id or key) -> everything that people in it were shown, in order.
 * `GET /transcript` -> the same of every conversation. `GET /transcript?summary=1` -> counts of the bot's messages by
 * conversation, and of the crowds of a load test together.
 */
export function handleTranscript(parts: ChannelParts, { req, res, target }: ControlRequest): void {
  if (req.method !== 'GET') throw notFound(`There is no ${req.method} ${req.url}`);
  answerJson(res, 200, readTranscript(parts, target.query));
}

function readTranscript(parts: ChannelParts, query: URLSearchParams): unknown {
  if (query.get('summary') === '1') {
    return { ...parts.transcripts.summary(), load: parts.transcripts.shown.summary() };
  }
  const name = query.get('conversation');
  if (name !== null) return transcriptOf(parts, name);
  return parts.conversations.individual().map((conversation) => transcriptOf(parts, conversation.id));
}

/** Throws HttpError 404 for a conversation that is not known. */
export function transcriptOf(parts: ChannelParts, name: string): TranscriptReport {
  const conversation = parts.conversations.find(name);
  if (!conversation) throw notFound(`No conversation has the id or key "${name}".`);
  const { id, key } = conversation;
  return { conversation: id, key, shown: parts.transcripts.of(conversation).entries().map(describeEntry) };
}

/** What people in one conversation were shown. */
export interface TranscriptReport {
  readonly conversation: string;
  readonly key: string;
  readonly shown: Record<string, unknown>[];
}
