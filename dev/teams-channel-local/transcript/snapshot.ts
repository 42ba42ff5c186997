import type { Conversation } from '../conversations/conversation.ts';
import type { ChannelParts } from '../parts.ts';
import type { JournalRecord } from './journal-record.ts';

/** Brings back what the records of an earlier life say, in their order. */
export function restore(parts: ChannelParts, records: readonly JournalRecord[]): void {
  for (const record of records) restoreOne(parts, record);
}

function restoreOne(parts: ChannelParts, record: JournalRecord): void {
  const { people, conversations, transcripts, ids } = parts;
  switch (record.t) {
    case 'guest':
      people.restoreGuest(record.id, record.name);
      return;
    case 'conversation':
      conversations.restore({
        id: record.id,
        key: record.key,
        type: record.type,
        memberIds: record.memberIds,
        name: record.name,
        isSession: record.isSession,
      });
      return;
    case 'state': {
      const conversation = conversations.findById(record.id);
      if (conversation) conversations.restoreState(conversation, stateOf(record));
      return;
    }
    case 'crowd':
      people.addCrowd({ prefix: record.prefix, count: record.count, tenantId: record.tenantId });
      return;
    case 'entry':
      transcripts.of({ id: record.c }).restore(record.e);
      ids.passOver(record.e.id);
      return;
    case 'shown':
      transcripts.shown.add(record.c, record.k, record.h, record.n);
      return;
    case 'shown-cleared':
      transcripts.shown.clear();
      return;
  }
}

/** The whole state as records: what a new journal begins with. */
export function* snapshot({ people, conversations, transcripts }: ChannelParts): Generator<JournalRecord> {
  for (const { id, name } of people.guests()) yield { t: 'guest', id, name };
  for (const crowd of people.crowds()) yield { t: 'crowd', ...crowd };
  for (const { id, key, type, memberIds, name, isSession } of conversations.added()) {
    yield {
      t: 'conversation',
      id,
      key,
      type,
      memberIds: [...memberIds],
      ...(name === undefined ? {} : { name }),
      ...(isSession === undefined ? {} : { isSession }),
    };
  }
  for (const conversation of conversations.changed()) {
    yield { t: 'state', id: conversation.id, ...stateOf(conversation) };
  }
  for (const [conversation, entry] of transcripts.all()) yield { t: 'entry', c: conversation, e: entry };
  for (const { conversation, texts, last } of transcripts.shown.list()) {
    for (const [text, count] of Object.entries(texts)) {
      yield { t: 'shown', c: conversation, k: text, n: count, h: last };
    }
  }
}

function stateOf({
  roster,
  isAnnounced,
  isBlocked,
  lost,
}: Pick<Conversation, 'roster' | 'isAnnounced' | 'isBlocked' | 'lost'>) {
  return { roster, isAnnounced, isBlocked, ...(lost === undefined ? {} : { lost }) };
}
