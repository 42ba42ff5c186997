/** The lines of `status`. Every parameter is Markdown. */
export const status = {
  reachable: 'I can reach you here.',
  nothing: '**nothing**',
  subscriptions: (number: number) => `Subscriptions: **${number}**`,
  muted: (what: string) => `Muted: ${what}`,
  everything: 'everything',
  mutedUntil: (what: string, time: string) => `${what} until ${time}`,
  quietHours: (hours: string | undefined, areNow: boolean) =>
    `Quiet hours: **${hours ?? 'none'}**${areNow ? ', now' : ''}`,
  heldBack: (what: string) => `Held back: ${what}`,
  /** Why so many are held back, behind their number. */
  reasons: {
    waiting: 'until you are through with what we are doing',
    'quiet-hours': 'until your quiet hours end',
    burst: 'because there were so many at once',
  },
  timeZone: (zone: string, isGuessed: boolean) =>
    `Time zone: **${zone}${isGuessed ? ' (yours is unknown)' : ''}**`,
  chat: (key: string) => `This chat, for services that write to it: \`${key}\``,
};
