/** What is said to whoever presses a button, beyond what the button's own command says. */
export const presses = {
  answeredBelow: 'The answer is in our conversation.',
  answeredBefore:
    'I answered that press a moment ago. If you mean it once more, please press again in two minutes.',
  notOurs:
    'That button belongs to the service that sent the message, and I cannot pass on what you chose. ' +
    'Please ask the people who run it. **help** shows what I can do for you.',
  /** Plain text: clients show it in a line or a window of their own. */
  cannot: 'I cannot do what this asks for. Write "help" to me to see what I can do for you.',
};
