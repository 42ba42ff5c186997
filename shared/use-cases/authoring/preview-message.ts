import { limitedChannels, messageLimit, weightOf } from '../../domain/delivery/channel-limits.ts';
import type { Fault } from '../../domain/fault.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import type { Instant } from '../../domain/time.ts';
import { toActivity } from '../../ports/delivery/message-activity.ts';
import { dressMessage } from '../delivery/fit-content.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { checkMessage, type Message, spellingOfMessage } from './check-message.ts';

export interface SizeOn {
  readonly channel: string;
  readonly bytes: number;
  readonly limit: number;
  readonly fits: boolean;
}

export interface Preview {
  /** As people are shown it where cards are; absent where nothing can be shown of it yet. */
  readonly activity?: ReturnType<typeof toActivity>;
  readonly sizes: readonly SizeOn[];
  readonly faults: readonly Fault[];
  /** What of a card clients ignore. */
  readonly warnings: readonly Fault[];
}

/** Where cards are shown: what is previewed. */
const SHOWN_ON = 'msteams';

const PREVIEWED = { id: 'preview', source: 'console/preview' };

/** Faults of these do not change what people are shown. */
const NOT_SHOWN = /^data\.(to|except|delivery)\b/;

/**
 * What people will see of a message, how much of each channel's limit it takes, and what is wrong with it. A message that nobody is
 * named for yet is shown all the same.
 */
export function previewMessage(
  message: Message,
  reader: { readonly locale: string; readonly timeZone: string; readonly now: Instant },
  kinds: Pick<AllKinds, 'entryOf' | 'knownTypes'>,
): Preview {
  const about = { ...PREVIEWED, at: reader.now };
  const checked = checkMessage(message, about, kinds);
  const alone =
    checked.notification === undefined ? checkedAlone(message, { about, ...checked, kinds }) : checked;
  const shown = alone?.notification;
  // What is wrong with the text is told before anybody is named for it, too.
  const faults = alone === checked ? checked.faults : [...checked.faults, ...(alone?.faults ?? [])];
  const spelling = spellingOfMessage(message);
  const told = { faults: [...faults, ...spelling.faults], warnings: spelling.warnings };
  const entry = shown && kinds.entryOf(shown.type);
  if (shown === undefined || entry === undefined) return { sizes: [], ...told };
  const kind = entry.title(reader.locale);
  const content = entry.render(shown.data, reader);
  const dressedFor = (channelId: string) =>
    dressMessage(content, { channelId, notification: shown.id, kind });
  const activity = dressedFor(SHOWN_ON);
  const sizes = limitedChannels().map((channel): SizeOn => {
    const dressed = dressedFor(channel);
    const limit = messageLimit(channel);
    // What no message can be made of for the channel is as large as what it says.
    const bytes = weightOf(dressed === 'too-large' ? content : dressed, limit);
    return { channel, bytes, limit: limit.most, fits: dressed !== 'too-large' };
  });
  return { ...(activity === 'too-large' ? {} : { activity: toActivity(activity) }), sizes, ...told };
}

/** The same message for everyone and at once, where all that is wrong with it is whom it is for, and when. */
function checkedAlone(
  { type, data }: Message,
  {
    about,
    faults,
    kinds,
  }: {
    readonly about: Parameters<typeof checkMessage>[1];
    readonly faults: readonly Fault[];
    readonly kinds: Pick<AllKinds, 'entryOf' | 'knownTypes'>;
  },
): ReturnType<typeof checkMessage> | undefined {
  if (!isJsonObject(data) || !faults.every(({ path }) => NOT_SHOWN.test(path))) return undefined;
  const { except: _except, delivery: _delivery, ...rest } = data;
  return checkMessage({ type, data: { ...rest, to: { everyone: true } } }, about, kinds);
}
