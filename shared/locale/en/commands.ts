/** What `help` says of each command, by its name: a short sentence without a full stop. */
export const commands = {
  help: 'Shows what I understand',
  topics: 'Lists the topics that you can subscribe to',
  subscribe: 'Tells this chat what happens on a topic',
  unsubscribe: 'Stops a topic, or all of them',
  subscriptions: 'Lists what you are subscribed to',
  missed: 'Shows in full what came lately in a digest, or was too long',
  'show all': 'Shows all of a message',
  status: 'Shows what I know about this chat, and what I hold back',
  timezone: 'Sets the time zone that your times are meant in',
  mute: 'Keeps everything, or a topic, from you for a time; urgent messages still come',
  unmute: 'Ends a mute, or all of them',
  'quiet hours': 'Holds messages back at these hours and brings them together at their end',
  'snooze notification': 'Brings a notification once more, later',
  'export my data': 'Gives you everything that I have stored about you',
  'forget me': 'Removes everything that I have stored about you',
  cancel: 'Leaves what we are in the middle of',
};
