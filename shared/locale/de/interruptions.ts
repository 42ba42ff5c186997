import type { interruptions as english } from '../en/interruptions.ts';
import { listed } from '../listed.ts';
import type { Wording } from '../wording.ts';

/** Titles are feminine nouns without anything that is declined: `deine` and `deiner` stand before them. */
export const interruptions: Wording<typeof english> = {
  titles: { earlierQuestion: 'Frage von vorhin', openQuestion: 'offene Frage' },
  changeOfTopic: '*Kurz zu etwas anderem.*',
  endsWithDone: (below) =>
    `Schreib **erledigt**, wenn du das gesehen hast${below === undefined ? '' : `, dann machen wir mit deiner ${below} weiter`}.`,
  endsWithChoice: (choices, below) =>
    `Bitte wähle ${listed(
      choices.map((choice) => `**${choice}**`),
      'oder',
    )}, oder schreib **erledigt**, um nicht zu antworten${below === undefined ? '' : `; dann machen wir mit deiner ${below} weiter`}.`,
  chooseOne: 'Wähle eins:',
  notificationAbove: 'Die Nachricht oben',
  done: 'Fertig',
  backTo: (below) => `Zurück zu meiner ${below}`,
  cancelled: (title) => `*Ich habe deine ${title} abgebrochen, um dir das zu sagen.*`,
  cancelledAndKept: (title) =>
    `*Ich habe deine ${title} unterbrochen, um dir das zu sagen. Deine Antworten bleiben einen Tag.*`,
  noted: (choice) => `Danke. Ich habe **${choice}** notiert.`,
  brokenOff: (title) =>
    `Deine ${title} lasse ich, wie sie ist: Mit **weitermachen** geht es einen Tag lang weiter.`,
  resume: (title) => `Weiter mit meiner ${title}`,
  noQuestion: 'Diese Frage ist nicht mehr offen.',
  noSuchChoice: (said, choices) =>
    `${said === '' ? '' : `„${said}“ steht nicht zur Wahl. `}Wählen kannst du ${listed(
      choices.map((choice, index) => `${index + 1} (**${choice}**)`),
      'oder',
    )}.`,
  doneAlready: 'Das ist schon erledigt.',
  allRight: 'Alles klar.',
  backToQuestion: 'Zurück zur Frage von vorhin.',
  backToDialog: (title) => `Zurück zu deiner ${title}.`,
};
