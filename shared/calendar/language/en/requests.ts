/** What opens and ends a request for a reminder in English, and what stands between its time and its text. */
export const requests = {
  'remind me':
    'remind me again|remind me|remind myself|remindme|set me a reminder|set a reminder|set reminder|set up a reminder|' +
    'add a reminder|add reminder|create a reminder|create reminder|make a reminder|give me a reminder|send me a reminder|' +
    "i need a reminder|i want a reminder|a reminder|new reminder|reminder|don't let me forget|do not let me forget|help me remember|" +
    'i need to be reminded|i want to be reminded|i have to be reminded|nudge me|ping me|alert me|notify me|tell me',
  remind: 'remind',
  'remind us': 'remind us|remind everyone|remind everybody|remind all of us|remind the team',
  'remind other': 'remind him|remind her|remind them|remind my',
  please:
    'please|pls|plz|hey|hi|hello|ok|okay|bot|can you|could you|would you|will you|kindly|just|' +
    "i'd like you to|i want you to|i need you to|you should",
  thanks: 'thanks|thank you|thx|ty|cheers',
  that: 'i have to|i need to|i should|i must|regarding',
};
