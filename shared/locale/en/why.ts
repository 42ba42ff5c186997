/** Why somebody gets a notification, what they can do about it, and putting one off. Times are written already. */
export const why = {
  /** @param whom a person alone, or a chat of several */
  topic: (topic: string, whom: 'you' | 'chat') =>
    whom === 'you'
      ? `You get this because you subscribed to **${topic}**.`
      : `This chat gets this because it is subscribed to **${topic}**.`,
  everyone: 'You get this because it goes to everyone who talks with me.',
  source: (service: string, whom: 'you' | 'chat') =>
    `You get this because **${service}** addressed ${whom === 'you' ? 'you' : 'this chat'}.`,
  snoozed: 'You asked to see this once more.',
  unsubscribe: 'Unsubscribe',
  muteTopic: 'Mute 1 hour',
  muteAll: 'Mute all 1 hour',
  snooze: 'Snooze 1 hour',

  putOff: (when: string) => `Done. I bring that once more **${when}**.`,
  putOffBefore: (when: string) => `That is put off already: I bring it once more **${when}**.`,
  isQuestion: 'That one asks you something, and stays open until you answer it.',
  noSuchNotification: 'I do not have that notification any more.',
  untilWhen: 'I do not understand until when. The button below a notification puts it off for an hour.',
  covered: (topic: string, wider: string) =>
    `You are not subscribed to **${topic}** by itself: it comes with **${wider}**. You can unsubscribe from **${wider}** as a whole, or mute **${topic}** alone.`,
  mayNot: (installer: string | undefined, isTeam: boolean) =>
    `Only ${installer === undefined ? 'whoever installed me' : `**${installer}**, who installed me,`}${isTeam ? ' or an owner of the team' : ''} can change what is told here. You can subscribe in a chat with me alone.`,
};
