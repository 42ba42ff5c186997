import type { presses as english } from '../en/presses.ts';
import type { Wording } from '../wording.ts';

export const presses: Wording<typeof english> = {
  answeredBelow: 'Die Antwort steht in unserer Unterhaltung.',
  answeredBefore:
    'Diesen Knopf habe ich dir gerade erst beantwortet. Wenn du es noch einmal willst, drück ihn bitte in zwei Minuten wieder.',
  notOurs:
    'Dieser Knopf gehört zu dem Dienst, von dem die Nachricht kommt, und ich kann deine Wahl nicht weitergeben. ' +
    'Bitte wende dich an die Leute, die ihn betreiben. **hilfe** zeigt, was ich für dich tun kann.',
  cannot: 'Das kann ich leider nicht. Schreib mir **hilfe**, um zu sehen, was ich für dich tun kann.',
};
