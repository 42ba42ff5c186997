import type { quiet as english } from '../en/quiet.ts';
import type { Wording } from '../wording.ts';

export const quiet: Wording<typeof english> = {
  muteExample: (fault) =>
    `${fault} Schreib zum Beispiel **stumm für 2 Stunden** oder **stumm builds bis morgen 9:00**.`,
  muteAll: 'Soll ich alles stummschalten? Ein einzelnes Thema nennst du beim Namen, **stumm builds**.',
  off: 'ruhezeit aus',
  muteForAnHour: 'stumm für 1 Stunde',
  muteForADay: 'stumm für 8 Stunden',
  noTime: (said) => `„${said}“ verstehe ich nicht als Zeit.`,
  noEnd: (said) => `Ich schalte von jetzt an stumm, und „${said}“ sagt nicht, bis wann.`,
  endsAtOnce: (said) => `„${said}“ liegt nicht in der Zukunft: Eine Stummschaltung endet später als jetzt.`,
  tooManyMutes: (most) =>
    `Du hast schon ${most} Themen stummgeschaltet. **stumm** ohne Thema schaltet alles stumm.`,
  muted: (topic, until, zone) =>
    `Erledigt. Ich halte ${topic === undefined ? 'alles' : `**${topic}** und alles darunter`} von dir fern, ${
      until === undefined ? 'bis du **laut** schreibst' : `bis **${until}**`
    }, und hole es nicht nach. Dringendes und das, worum du gebeten hast, kommt trotzdem.${
      zone === undefined ? '' : ` Ich nehme **${zone}** als deine Zeitzone.`
    }`,
  unmuteExample: (fault) => `${fault} Schreib zum Beispiel **laut builds**.`,
  unmutedAll: 'Erledigt. Nichts ist mehr stummgeschaltet.',
  unmuted: (topic) => `Erledigt. **${topic}** ist nicht mehr stummgeschaltet.`,
  stillMuted: ' Alles ist noch stummgeschaltet; **laut** beendet das.',
  nothingWasMuted: 'Es war nichts stummgeschaltet.',
  wasNotMuted: (topic) => `**${topic}** war nicht stummgeschaltet, und sonst ist es auch nichts.`,
  wasNotMutedItself: (topic) =>
    `**${topic}** selbst war nicht stummgeschaltet. **status** zeigt, was es ist, und **laut** beendet alles.`,
  stopped:
    'Erledigt, ich bin still: Es kommt nur noch, was dringend ist und worum du gebeten hast. Mit **laut** bin ich wieder da.',
  noHoursButton: 'Keine Ruhezeit',
  noHours: 'Erledigt. Du hast keine Ruhezeit.',
  notHours: (said) =>
    `„${said}“ verstehe ich nicht als Ruhezeit: Das sind zwei verschiedene Uhrzeiten von 0:00 bis 24:00. Schreib zum Beispiel **ruhezeit 22:00-07:00**.`,
  hoursSet: (hours) =>
    `Erledigt. ${hours} Was in dieser Zeit kommt, bringe ich dir am Ende gesammelt; Dringendes, Erinnerungen und das, worum du gebeten hast, kommt trotzdem.`,
  noneYet:
    'Du hast keine Ruhezeit. Von wann bis wann soll es still sein? Schreib zum Beispiel **ruhezeit 22:00-07:00**.',
  hours: (range, zone) => `Deine Ruhezeit ist **${range}**, nach der Uhr von **${zone}**.`,
  hoursByGuess: (range, zone) =>
    `Deine Ruhezeit ist **${range}**. Deine Zeitzone kenne ich nicht und nehme **${zone}**; schreib zum Beispiel **zeitzone Berlin**.`,
};
