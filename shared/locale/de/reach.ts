import type { reach as english } from '../en/reach.ts';
import type { Wording } from '../wording.ts';

export const reach: Wording<typeof english> = {
  fromNowOn:
    'Erledigt. Was ich für dich habe, kommt ab jetzt hierher, egal in welchem unserer Chats du schreibst.',
  already: 'Ich melde mich schon hier bei dir.',
  inCopilot:
    'Hier in Copilot darf ich nur antworten, es käme also nichts bei dir an. Schreib **benachrichtige mich hier** in unserem Chat in Teams.',
  inPlace: 'Hier lesen mehrere mit. Schreib **benachrichtige mich hier** in einem Chat nur mit mir.',
};
