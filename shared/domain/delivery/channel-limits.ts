/** How large a message may be on a channel: bytes of the activity's text and attachments as JSON. */
export function mostMessageBytes(channelId: string): number {
  // Teams documents 28 KB for a message with its card; newer reports say about 40. The older one is safe.
  return channelId === 'msteams' ? 28 * 1024 : 100 * 1024;
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

/** Whether the channel shows a file that lies in the message itself; Teams asks for the person's consent first. */
export function showsInlineFiles(channelId: string): boolean {
  return channelId === 'webchat' || channelId === 'directline' || channelId === 'emulator';
}
