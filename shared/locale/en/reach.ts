/** Where somebody with several conversations is told. */
export const reach = {
  fromNowOn: 'Done. What I have for you comes here from now on, whichever of our conversations you speak in.',
  already: 'I tell you here already.',
  inCopilot:
    'Here in Copilot I may only answer, so nothing would reach you. Say **notify me here** in our chat in Teams.',
  inPlace: 'Several people read this here. Say **notify me here** in a chat with me alone.',
};
