import type { why as english } from '../en/why.ts';
import type { Wording } from '../wording.ts';

export const why: Wording<typeof english> = {
  topic: (topic, whom) =>
    whom === 'you'
      ? `Du bekommst das, weil du **${topic}** abonniert hast.`
      : `Dieser Chat bekommt das, weil er **${topic}** abonniert hat.`,
  everyone: 'Du bekommst das, weil es an alle geht, die mit mir sprechen.',
  source: (service, whom) =>
    `Du bekommst das, weil **${service}** ${whom === 'you' ? 'es dir' : 'es diesem Chat'} geschickt hat.`,
  snoozed: 'Du wolltest das noch einmal sehen.',
  unsubscribe: 'Abbestellen',
  muteTopic: '1 Stunde stumm',
  muteAll: 'Alles 1 Stunde stumm',
  snooze: 'In 1 Stunde noch mal',

  putOff: (when) => `Erledigt. Ich bringe das noch einmal: **${when}**.`,
  putOffBefore: (when) => `Das ist schon verschoben: Ich bringe es noch einmal **${when}**.`,
  isQuestion: 'Das ist eine Frage an dich; sie bleibt offen, bis du antwortest.',
  noSuchNotification: 'Diese Nachricht habe ich nicht mehr.',
  untilWhen:
    'Ich verstehe nicht, bis wann. Die Schaltfläche unter einer Nachricht verschiebt sie um eine Stunde.',
  covered: (topic, wider) =>
    `**${topic}** hast du nicht für sich abonniert: Es kommt mit **${wider}**. Du kannst **${wider}** ganz abbestellen oder nur **${topic}** stumm schalten.`,
  mayNot: (installer, isTeam) =>
    `Nur ${installer === undefined ? 'wer mich installiert hat' : `**${installer}** (hat mich installiert)`}${isTeam ? ' oder wer das Team besitzt' : ''}, kann ändern, was hier gemeldet wird. Im Chat mit mir allein kannst du selbst abonnieren.`,
};
