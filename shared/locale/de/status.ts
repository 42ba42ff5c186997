import type { status as english } from '../en/status.ts';
import type { Wording } from '../wording.ts';

export const status: Wording<typeof english> = {
  reachable: 'Hier erreiche ich dich.',
  nothing: '**nichts**',
  subscriptions: (number) => `Abos: **${number}**`,
  muted: (what) => `Stummgeschaltet: ${what}`,
  everything: 'alles',
  mutedUntil: (what, time) => `${what} bis ${time}`,
  quietHours: (hours, areNow) => `Ruhezeit: **${hours ?? 'keine'}**${areNow ? ', gerade jetzt' : ''}`,
  heldBack: (what) => `Zurückgehalten: ${what}`,
  reasons: {
    waiting: 'bis wir mit dem fertig sind, wobei wir gerade sind',
    'quiet-hours': 'bis deine Ruhezeit endet',
    burst: 'weil es so viele auf einmal waren',
  },
  timeZone: (zone, isGuessed) => `Zeitzone: **${zone}${isGuessed ? ' (deine kenne ich nicht)' : ''}**`,
  chat: (key) => `Dieser Chat, für Dienste, die hierher schreiben: \`${key}\``,
};
