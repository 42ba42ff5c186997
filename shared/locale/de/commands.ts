import type { commands as english } from '../en/commands.ts';
import type { Wording } from '../wording.ts';

export const commands: Wording<typeof english> = {
  console: 'Sagt, wo die Konsole für den Betrieb ist',
  help: 'Zeigt, was ich verstehe',
  topics: 'Zeigt die Themen, die du abonnieren kannst',
  subscribe: 'Bringt in diesen Chat, was zu einem Thema passiert',
  unsubscribe: 'Bestellt ein Thema ab, oder alle',
  subscriptions: 'Zeigt, was du abonniert hast',
  missed: 'Zeigt ganz, was zuletzt gesammelt kam oder zu lang war; auch: verpasst',
  'show all': 'Zeigt eine Nachricht ganz',
  status: 'Zeigt, was ich über diesen Chat weiß und was ich zurückhalte',
  timezone: 'Stellt die Zeitzone ein, in der deine Zeiten gemeint sind',
  mute: 'Hält alles oder ein Thema eine Zeit lang von dir fern; Dringendes kommt trotzdem',
  stop: 'Beendet alles auf einmal; mit **laut** bin ich wieder da',
  unmute: 'Hebt eine Stummschaltung auf, oder alle',
  'quiet hours': 'Hält Nachrichten in dieser Zeit zurück und bringt sie am Ende gesammelt',
  'snooze notification': 'Bringt eine Nachricht später noch einmal',
  'notify me here':
    'Bringt in diesen Chat, was ich für dich habe; auch: benachrichtige mich hier, melde dich hier',
  'export my data': 'Gibt dir alles, was ich über dich gespeichert habe',
  'forget me': 'Löscht alles, was ich über dich gespeichert habe',
  resume: 'Macht weiter, wo wir abgebrochen haben, einen Tag lang',
  cancel: 'Bricht ab, wobei wir gerade sind',
};
