import { setTimeout as delay } from 'node:timers/promises';
import { conversationKey, uncreatedConversationKey } from '../../../shared/domain/ids.ts';
import type { Reference } from '../rig/channel-control.ts';
import type { Rig } from '../rig/rig.ts';

/** Somebody whom the bot knows, and where they look at their messages. */
export interface Person {
  /** The channel's id of the person. */
  readonly user: string;
  /** The channel's id of the conversation in which they are shown what is sent to them. */
  readonly conversation: string;
  /** The app's key of the conversation in which the bot met them. */
  readonly key: string;
  /** The app's keys of every conversation with them: that one, and the one in which they are shown messages. */
  readonly keys: readonly string[];
}

/**
 * Brings people and bot together: each installs the app, in the conversation that the channel has for them or, given
 * `metIn`, in one of another id, which the channel does not know any more when the bot writes to it.
 */
export async function meet(
  rig: Rig,
  crowd: { readonly prefix: string; readonly count: number; readonly tenantId?: string },
  metIn: (reference: Reference, index: number) => string = (reference) => reference.conversation.id,
): Promise<Person[]> {
  const references = await rig.channel.crowd(crowd);
  const people: Person[] = [];
  for (const [index, reference] of references.entries()) {
    const conversation = metIn(reference, index);
    await tell(rig, installation(reference, conversation));
    people.push(personOf(reference, conversationKey(reference.channelId, conversation)));
  }
  return people;
}

/**
 * Brings the bot into a group chat with one person whom it has never met alone. What is sent to them alone has to begin
 * with a conversation that the channel makes.
 */
export async function meetInGroup(rig: Rig, crowd: { readonly prefix: string }): Promise<Person> {
  const [reference] = await rig.channel.crowd({ ...crowd, count: 1 });
  if (reference === undefined) throw new Error('The channel made a crowd of nobody.');
  await rig.channel.group(`19:group-${crowd.prefix}@thread.v2`, [reference.user.id]);
  return personOf(reference, uncreatedConversationKey(reference.channelId, reference.user.id));
}

function personOf(reference: Reference, key: string): Person {
  const shownIn = conversationKey(reference.channelId, reference.conversation.id);
  return {
    user: reference.user.id,
    conversation: reference.conversation.id,
    key,
    keys: key === shownIn ? [key] : [key, shownIn],
  };
}

/** The person writes to the bot: whatever kept the bot from writing to them is over. */
export async function comeBack(rig: Rig, person: Person): Promise<void> {
  const [prefix] = /(?<=^a:load_).+(?=_\d+$)/.exec(person.conversation) ?? [];
  const index = Number(/\d+$/.exec(person.conversation)?.[0]);
  const references = await rig.channel.crowd({ prefix: prefix ?? '', count: index + 1 });
  const reference = references[index];
  if (reference === undefined) throw new Error(`The channel has nobody of the id ${person.user}.`);
  await tell(rig, {
    ...installation(reference, reference.conversation.id),
    type: 'message',
    action: undefined,
    text: 'help',
  });
}

function installation(reference: Reference, conversation: string): Record<string, unknown> {
  return {
    type: 'installationUpdate',
    action: 'add',
    id: `in-${crypto.randomUUID()}`,
    timestamp: new Date().toISOString(),
    channelId: reference.channelId,
    serviceUrl: reference.serviceUrl,
    from: reference.user,
    recipient: reference.bot,
    conversation: { ...reference.conversation, id: conversation },
  };
}

const MOST_TRIES = 60;

/** Posts an activity until the bot takes it, as channels do. */
async function tell(rig: Rig, activity: Record<string, unknown>): Promise<void> {
  let status = 0;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const answer = await fetch(`${rig.hosts[0]?.origin}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    }).catch(() => undefined);
    if (answer?.ok) return;
    status = answer?.status ?? 0;
    await delay(250);
  }
  throw new Error(`The bot did not take an activity of type ${activity.type}: status ${status || 'none'}.`);
}
