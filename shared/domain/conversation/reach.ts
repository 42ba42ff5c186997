import { defined } from '../defined.ts';
import type { ConversationKey } from '../ids.ts';
import { type Conversation, keyOf } from './conversation.ts';
import type { TurnPlace } from './turn-state.ts';

/**
 * What a personal conversation is to the person. `default`: where the channel puts what comes from outside. `ordinary`: one
 * on a channel that knows no sessions. `session`: another of the same channel, begun by the person for a matter of its own.
 * `copilot`: where the bot answers and may not speak first.
 */
export type PlaceKind = 'default' | 'ordinary' | 'session' | 'copilot';

/** One personal conversation of a person. */
export interface PersonalPlace {
  readonly key: ConversationKey;
  readonly channelId: string;
  readonly kind: PlaceKind;
  /** The channel does not know it any more. */
  readonly isGone?: true;
}

/** Every personal conversation of a person, those met or used last at the end. */
export interface Reach {
  /** By the person's own word: `notify me here`. */
  readonly chosen?: ConversationKey;
  /** The channel that they used last. */
  readonly channelId: string;
  readonly places: readonly PersonalPlace[];
}

/** A conversation in which the person was just met. */
export interface MetIn {
  readonly key: ConversationKey;
  readonly channelId: string;
  readonly isCopilot: boolean;
  /** The channel said there that the bot was installed: it is the default one. */
  readonly isInstalled: boolean;
  /** The bot goes by another id there than where the person was told: what it knew by the old one is not its any more. */
  readonly isOtherBot: boolean;
}

/** So many personal conversations of one person are kept. */
const MOST_PLACES = 50;

/** The one channel with sessions. */
const WITH_SESSIONS = 'msteams';

/** What is known of a person whose only conversation is that of their record. */
export function reachOf(record: Conversation): Reach {
  const { channelId } = record;
  const key = placeKeyOf(record);
  const gone = record.suppressed === 'gone' ? ({ isGone: true } as const) : {};
  return {
    channelId,
    places: key === undefined ? [] : [{ key, channelId, kind: kindOn(channelId), ...gone }],
  };
}

/** Whether the record alone says all of it: one conversation, which the addressee is named after. */
export function isPlain({ chosen, places }: Reach, addressee: ConversationKey): boolean {
  const [only] = places;
  const isDefault = only?.kind === 'default' || only?.kind === 'ordinary';
  const isOwn = places.length === 1 && only?.key === addressee && isDefault && only.isGone !== true;
  return chosen === undefined && (places.length === 0 || isOwn);
}

/** The reach after the person was met somewhere; the very object where that says nothing new. */
export function metIn(reach: Reach, met: MetIn): Reach {
  const { key, channelId } = met;
  const known = reach.places.find((place) => place.key === key);
  const kind = kindOf(reach, met, known);
  const isLast = kind !== 'ordinary' || reach.places.at(-1) === known;
  const isKnown = known?.kind === kind && known.isGone !== true && isLast && !met.isOtherBot;
  if (isKnown && reach.channelId === channelId) return reach;
  const place: PersonalPlace = { key, channelId, kind };
  const others = reach.places.flatMap((one) => (one.key === key ? [] : [besides(one, place, met)]));
  const isMoved = known === undefined || kind === 'ordinary';
  const places = isMoved
    ? [...others, place]
    : reach.places.map((one) => (one.key === key ? place : besides(one, place, met)));
  return bounded({ ...reach, channelId, places });
}

function kindOf({ places }: Reach, met: MetIn, known: PersonalPlace | undefined): PlaceKind {
  if (met.isCopilot) return 'copilot';
  if (met.channelId !== WITH_SESSIONS) return 'ordinary';
  if (met.isInstalled || met.isOtherBot) return 'default';
  if (known !== undefined && known.kind !== 'copilot') return known.kind;
  const hasDefault = places.some(
    ({ channelId, kind, isGone }) => channelId === met.channelId && kind === 'default' && isGone !== true,
  );
  return hasDefault ? 'session' : 'default';
}

/** Another conversation of the person, now that they were met in `place`. */
function besides(one: PersonalPlace, place: PersonalPlace, { isOtherBot }: MetIn): PersonalPlace {
  if (one.channelId !== place.channelId) return one;
  const isReplaced = place.kind === 'default' && one.kind === 'default';
  const kind = isReplaced ? 'session' : one.kind;
  return { ...one, kind, ...(isOtherBot ? { isGone: true } : {}) };
}

/** The reach after the channel has opened a conversation in the place of what it does not know any more. */
export function reopened(
  reach: Reach,
  opened: { readonly key: ConversationKey; readonly channelId: string },
  isGone: (place: PersonalPlace) => boolean,
): Reach {
  const { key, channelId } = opened;
  const others = reach.places
    .filter((one) => one.key !== key)
    .map((one) => (one.channelId === channelId && isGone(one) ? { ...one, isGone: true as const } : one));
  return bounded({
    ...withoutChoice(reach),
    channelId,
    places: [...others, { key, channelId, kind: kindOn(channelId) }],
  });
}

/** The reach after the channel has said that it does not know a conversation; the very object where that is known. */
export function withGone(reach: Reach, isGone: (place: PersonalPlace) => boolean): Reach {
  if (!reach.places.some((one) => isGone(one) && one.isGone !== true)) return reach;
  return { ...reach, places: reach.places.map((one) => (isGone(one) ? { ...one, isGone: true } : one)) };
}

/** All conversations of two who turned out to be one person; the first one's choice stands, and where it was told. */
export function united(reach: Reach, other: Reach): Reach {
  const known = new Set(reach.places.map(({ key }) => key));
  const added = other.places.filter(({ key }) => !known.has(key));
  const isTaken = ({ channelId }: PersonalPlace) =>
    reach.places.some((one) => one.channelId === channelId && one.kind === 'default' && one.isGone !== true);
  const places = added.map((one) =>
    one.kind === 'default' && isTaken(one) ? { ...one, kind: 'session' as const } : one,
  );
  const chosen = reach.chosen ?? other.chosen;
  return bounded({
    ...reach,
    // What comes first is used less lately: where the person was told before they still are.
    places: [...places.filter(({ kind }) => kind !== 'session'), ...reach.places, ...sessionsOf(places)],
    ...defined({ chosen }),
  });
}

function sessionsOf(places: readonly PersonalPlace[]): readonly PersonalPlace[] {
  return places.filter(({ kind }) => kind === 'session');
}

/** Where the person is told; `undefined` where nothing that is known leads to them any more. */
export function toldIn(reach: Reach): PersonalPlace | undefined {
  const live = reach.places.filter(({ isGone }) => isGone !== true);
  const chosen = live.find(({ key }) => key === reach.chosen);
  if (chosen !== undefined) return chosen;
  const open = live.filter(({ kind }) => kind === 'default' || kind === 'ordinary');
  const usedLast = open.findLast(({ channelId }) => channelId === reach.channelId);
  // One of those that only answer is kept to: the first that was met, a session before Copilot.
  return usedLast ?? open.at(-1) ?? live.find(({ kind }) => kind === 'session') ?? live[0];
}

export function withChoice(reach: Reach, chosen: ConversationKey): Reach {
  return { ...reach, chosen };
}

function withoutChoice({ chosen: _over, ...reach }: Reach): Reach {
  return reach;
}

/** The channel's own key of the conversation that a record leads to; `undefined` until the channel has created one. */
export function placeKeyOf({ conversationId, ...record }: Conversation): ConversationKey | undefined {
  return conversationId === undefined ? undefined : keyOf({ ...record, conversationId });
}

/** Whose dialogs are open in the conversation that a record leads to. */
export function turnPlaceIn(record: Conversation): TurnPlace {
  const within = record.conversationType === 'personal' ? placeKeyOf(record) : undefined;
  return within === undefined || within === record.key
    ? { conversation: record.key }
    : { conversation: record.key, within };
}

function kindOn(channelId: string): PlaceKind {
  return channelId === WITH_SESSIONS ? 'default' : 'ordinary';
}

/** The oldest go that nobody is told in: sessions and what is gone first. */
function bounded(reach: Reach): Reach {
  let { places } = reach;
  const told = toldIn(reach)?.key;
  while (places.length > MOST_PLACES) {
    const spare = places.filter(
      ({ key }) => key !== told && key !== reach.chosen && key !== places.at(-1)?.key,
    );
    const goes =
      spare.find(({ isGone }) => isGone === true) ?? spare.find(({ kind }) => kind === 'session') ?? spare[0];
    if (goes === undefined) break;
    places = places.filter((one) => one !== goes);
  }
  return places === reach.places ? reach : { ...reach, places };
}
