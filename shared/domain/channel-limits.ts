/** How large a message may be on a channel: bytes of the activity's text and attachments as JSON. */
export function mostMessageBytes(channelId: string): number {
  // Teams documents 28 KB for a message with its card; newer reports say about 40. The older one is safe.
  return channelId === 'msteams' ? 28 * 1024 : 100 * 1024;
}
