/** What a channel counts of a message, and how much it takes of that. */
export interface MessageLimit {
  readonly most: number;
  /**
   * `utf-16`, `utf-8`: bytes of the text and the cards as JSON. `characters`: of the text, in UTF-16 code units, on
   * channels that show text only.
   */
  readonly unit: 'utf-16' | 'utf-8' | 'characters';
}

/**
 * The limits that channels publish, by Bot Framework's names. Teams takes about 100 KB as UTF-16 and asks to stay below
 * 80; the others are the channels' own limits of one message.
 */
const MESSAGE_LIMITS: ReadonlyMap<string, MessageLimit> = new Map([
  ['msteams', { most: 80 * 1024, unit: 'utf-16' }],
  ['facebook', { most: 2000, unit: 'characters' }],
  ['groupme', { most: 1000, unit: 'characters' }],
  ['line', { most: 5000, unit: 'characters' }],
  ['slack', { most: 40_000, unit: 'characters' }],
  ['sms', { most: 1600, unit: 'characters' }],
  ['telegram', { most: 4096, unit: 'characters' }],
  ['twilio-sms', { most: 1600, unit: 'characters' }],
]);

/** Where nothing is published. No channel of the table takes more, so a message that passes it is shown nowhere. */
export const LARGEST_LIMIT: MessageLimit = { most: 100 * 1024, unit: 'utf-8' };

/** How large one message may be on a channel. */
export function messageLimit(channelId: string): MessageLimit {
  return MESSAGE_LIMITS.get(channelId) ?? LARGEST_LIMIT;
}

/** The channels that publish a limit of their own, and one that stands for all others. */
export function limitedChannels(): readonly string[] {
  return [...MESSAGE_LIMITS.keys(), 'webchat'];
}

/** How much of its channel's limit a message takes. */
export function weightOf(message: object, { unit }: Pick<MessageLimit, 'unit'>): number {
  if (unit === 'characters')
    return 'text' in message && typeof message.text === 'string' ? message.text.length : 0;
  const json = JSON.stringify(message);
  return unit === 'utf-16' ? json.length * 2 : Buffer.byteLength(json);
}

/**
 * Channels that show no Adaptive Card, or only a picture of it whose buttons cannot be pressed. By Bot Framework's names.
 */
const WITHOUT_CARDS: ReadonlySet<string> = new Set([
  'alexa',
  'directlinespeech',
  'email',
  'facebook',
  'groupme',
  'kik',
  'line',
  'slack',
  'sms',
  'telegram',
  'twilio-sms',
]);

/** Whether people on the channel see a card and can press its buttons. */
export function showsCards(channelId: string): boolean {
  return !WITHOUT_CARDS.has(channelId);
}

/**
 * So many buttons beside a text are shown everywhere: Teams shows the first three, and none beside a card. More of them
 * belong into a card.
 */
export const MOST_SUGGESTIONS = 3;

/** Whether the channel shows a file that lies in the message itself; Teams asks for the person's consent first. */
export function showsInlineFiles(channelId: string): boolean {
  return channelId === 'webchat' || channelId === 'directline' || channelId === 'emulator';
}

/** Channels on which nothing that was sent can be changed or taken back. By Bot Framework's names. */
const WITHOUT_CHANGES: ReadonlySet<string> = new Set([
  'directline',
  'directlinespeech',
  'email',
  'sms',
  'twilio-sms',
  'webchat',
]);

/** Whether the channel may change a message that the bot sent. One that is not known is asked. */
export function changesMessages(channelId: string): boolean {
  return !WITHOUT_CHANGES.has(channelId);
}
