import { z } from 'zod';
import type { Conversation } from '../conversations/conversation.ts';
import { answerJson } from '../http/answer.ts';
import { readAs } from '../http/body.ts';
import { badRequest, notFound } from '../http/errors.ts';
import type { ChannelParts } from '../parts.ts';
import type { Person } from '../people/person.ts';
import { describeConversation } from './conversations.ts';
import type { ControlRequest } from './request.ts';

const shape = z.strictObject({
  user: z.string().min(1),
  act: z.enum(['session', 'replace', 'new-identity', 'insist']),
});

/**
 * `POST /chats` `{"user","act"}`, answered with the chat that there is now.
 *
 * `session`: another session of the same person, as Teams opens them for agents. `replace`: the chat is gone (404), and whoever
 * asks for one gets another id. `new-identity`: the bot's identity changed, so that it reads no id of before, of anybody: sends
 * are refused (403), and people are found by their object ids alone. `insist`: from now on a chat with the person is created
 * with a message only (else 400 `BadSyntax`), and each creation makes another session, as where an app supports sessions.
 */
export async function handleChats(parts: ChannelParts, { req, res }: ControlRequest): Promise<void> {
  if (req.method !== 'POST') throw notFound(`There is no ${req.method} ${req.url}`);
  const { user, act } = await readAs(req, shape);
  const person = parts.people.find(user);
  if (person === undefined) throw notFound(`Nobody here is called "${user}".`);
  if (person.channelId !== 'msteams')
    throw badRequest(`"${user}" is on ${person.channelId}; this is for Teams.`);
  answerJson(res, 201, describeConversation(parts, make(parts, person, act)));
}

function make({ conversations, people }: ChannelParts, person: Person, act: string): Conversation {
  if (act === 'session') return conversations.addSession(person);
  if (act === 'insist') return conversations.insist(person);
  if (act === 'replace') return conversations.replace(person, 'replaced');
  const others = people
    .individuals()
    .filter(({ id, channelId }) => channelId === 'msteams' && id !== person.id);
  for (const other of others) conversations.replace(other, 'unreadable');
  return conversations.replace(person, 'unreadable');
}
