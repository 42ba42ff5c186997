/** What people can have of what is stored about them, and how they have it removed. */
export const privacy = {
  exported: 'This is everything that I have stored about you, as a file.',
  exportLink:
    'This is everything that I have stored about you. The link opens for ten minutes, for whoever has it.',
  download: 'Download',
  noExportHere: 'I cannot hand files over here. Please ask whoever looks after me.',
  onlyAlone: 'Everyone here would see that. Please say it in a chat with me alone.',
  willForget: [
    'If you want, I forget everything about you on this channel, and it cannot be brought back:',
    '',
    '- how I reach you, your name and your settings',
    '- your subscriptions, price watches and reminders',
    '- what we are in the middle of, and what still waits to be told to you',
    '- what was sent to you alone',
    '',
    'That a message was delivered stays counted, without a name and without its text. Chats of several people keep their own subscriptions. When you write to me again, you are somebody new to me.',
    '',
    'Do you want that? Say **yes**, or **forget me now** at any time.',
  ].join('\n'),
  yes: 'Yes, forget me',
  no: 'No',
  /** Several write there, and the channel does not say who is who. */
  nobodyVouches:
    'Here everyone can say that they are anybody, so I do not know whose data that would be, and I have removed nothing. Please say it in a chat with me alone.',
  forgotten:
    'I forget you now: nothing is sent to you any more, and in a few minutes nothing about you is left. Goodbye! Should you ever write again, we begin anew.',
};
