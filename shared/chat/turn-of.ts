import type { Activity } from '../domain/conversation/activity.ts';
import { type Conversation, keyOf } from '../domain/conversation/conversation.ts';
import { turnPlaceIn } from '../domain/conversation/reach.ts';
import type { TurnPlace } from '../domain/conversation/turn-state.ts';
import { defined } from '../domain/defined.ts';
import { hashOf } from '../domain/hash.ts';
import { personKey } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Captured, Sighting } from '../use-cases/conversation/capture-conversation.ts';
import { FORGET_ME_NOW, FORGET_ME_NOW_IN_GERMAN } from './commands/privacy/forget-me.ts';
import type { Turn } from './turn.ts';
import { heardOf, spoken } from './understanding/heard.ts';

/** By what an activity is known again, and what came before it. */
export function signOf(
  activity: Activity,
  { reference }: Sighting,
): { readonly id: string; readonly saidAt?: Instant } {
  // Read from JSON by the adapter, it may be a text or a date.
  const saidAt = new Date(activity.timestamp ?? Number.NaN).getTime();
  return {
    id: turnId({ key: keyOf(reference) }, activity),
    ...(Number.isNaN(saidAt) ? {} : { saidAt }),
  };
}

/** Said in these very words only, or by the button that asks for them. */
export function isForgetMeNow(activity: Activity): boolean {
  if (!['message', 'invoke'].includes(activity.type)) return false;
  const said = spoken(activity).toLowerCase();
  return said === FORGET_ME_NOW || said === FORGET_ME_NOW_IN_GERMAN;
}

export function toTurn(
  activity: Activity,
  {
    conversation,
    isApart,
    sighting,
    at,
  }: Pick<Captured, 'conversation' | 'isApart'> & { readonly sighting: Sighting; readonly at: Instant },
): Turn {
  return {
    id: signOf(activity, sighting).id,
    at,
    conversation,
    ...heardOf(activity),
    locale: activity.locale ?? conversation.locale ?? 'en',
    ...defined({ isApart, speaker: sighting.speaker }),
    ...threadIn(activity, conversation),
  };
}

/** A place goes by one id, whichever of its threads something is said in. */
function threadIn(
  { conversation: { id } }: Activity,
  { conversationId, conversationType }: Conversation,
): { readonly thread?: string } {
  const isThread = conversationType !== 'personal' && id !== conversationId;
  return isThread ? { thread: id } : {};
}

/** Dialogs are a person's own, also where several talk, and each conversation has those that were begun there. */
export function placeOf({ conversation, speaker, isApart }: Turn): TurnPlace {
  if (conversation.conversationType === 'personal') {
    return { ...turnPlaceIn(conversation), ...(isApart === true ? { isApart } : {}) };
  }
  return speaker === undefined
    ? { conversation: conversation.key }
    : { conversation: conversation.key, speaker: personKey(speaker.id) };
}

/** One id for one activity, however often it comes; one without an id of its own is told by what and when it is. */
function turnId({ key }: Pick<Conversation, 'key'>, { id, timestamp, type, text }: Activity): string {
  return hashOf(`${key}\n${id ?? `${String(timestamp)}\n${type}\n${text ?? ''}`}`);
}
