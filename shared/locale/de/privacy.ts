import type { privacy as english } from '../en/privacy.ts';
import type { Wording } from '../wording.ts';

export const privacy: Wording<typeof english> = {
  exported: 'Das ist alles, was ich über dich gespeichert habe, als Datei.',
  exportLink:
    'Das ist alles, was ich über dich gespeichert habe. Der Link gilt zehn Minuten, für jeden, der ihn hat.',
  download: 'Herunterladen',
  noExportHere: 'Hier kann ich keine Dateien übergeben. Bitte wende dich an die Leute, die mich betreiben.',
  onlyAlone: 'Das würden hier alle sehen. Schreib es mir bitte in einem Chat mit mir allein.',
  willForget: [
    'Wenn du willst, vergesse ich alles über dich in diesem Kanal, und es lässt sich nicht zurückholen:',
    '',
    '- wie ich dich erreiche, deinen Namen und deine Einstellungen',
    '- deine Abos, Preisbeobachtungen und Erinnerungen',
    '- womit wir gerade beschäftigt sind, und was dir noch gesagt werden sollte',
    '- was nur an dich geschickt wurde',
    '',
    'Dass eine Nachricht zugestellt wurde, bleibt gezählt, ohne Namen und ohne ihren Text. Chats mit mehreren behalten ihre eigenen Abos. Wenn du mir wieder schreibst, bist du für mich jemand Neues.',
    '',
    'Willst du das? Schreib **ja**, oder jederzeit **vergiss mich jetzt**.',
  ].join('\n'),
  yes: 'Ja, vergiss mich',
  no: 'Nein',
  nobodyVouches:
    'Hier kann sich jeder als jemand anderes ausgeben. Ich weiß deshalb nicht, wessen Daten das wären, und habe nichts gelöscht. Schreib es mir bitte in einem Chat mit mir allein.',
  forgotten:
    'Ich vergesse dich jetzt: Du bekommst nichts mehr von mir, und in ein paar Minuten ist nichts mehr über dich da. Mach es gut! Solltest du je wieder schreiben, fangen wir neu an.',
};
