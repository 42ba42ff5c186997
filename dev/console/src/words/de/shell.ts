import type { Words } from '../words.ts';

const plural = (count: string, one: string, many: string) => `${count} ${count === '1' ? one : many}`;

export const shell: Words['shell'] = {
  name: 'Notifier-Konsole',
  skip: 'Zum Inhalt springen',
  menu: 'Menü',
  views: 'Ansichten',
  view: {
    now: 'Jetzt',
    notifications: 'Nachrichten',
    people: 'Personen',
    write: 'Schreiben',
    parked: 'Geparkt',
    hooks: 'Hooks',
    topics: 'Themen',
    settings: 'Einstellungen',
    audit: 'Protokoll',
  },
  seeing: 'Sehen',
  doing: 'Tun',
  running: 'Betreiben',
  language: 'Sprache',
  languageName: { en: 'English', de: 'Deutsch' },
  theme: 'Darstellung',
  themeName: { auto: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  local: 'Dieser Rechner',
  role: { reader: 'Leser', author: 'Autor', operator: 'Betreiber' },
  version: (version) => `Version ${version}`,
  loading: 'Wird geladen …',
  retry: 'Noch einmal versuchen',
  refresh: 'Aktualisieren',
  more: 'Mehr anzeigen',
  close: 'Schließen',
  back: 'Zurück',
  keep: 'Nein, zurück',
  copy: 'Kopieren',
  copied: 'Kopiert.',
  none: 'Keine',
  yes: 'Ja',
  no: 'Nein',
  people: (count) => plural(count, 'Person', 'Personen'),
  sessionTitle: 'Die Sitzung ist abgelaufen',
  sessionText:
    'Was Sie geschrieben haben, ist noch da. Melden Sie sich neu an und machen Sie weiter, wo Sie waren.',
  signIn: 'Neu anmelden',
  notFoundTitle: 'Diese Ansicht gibt es nicht',
  notFoundText: 'Die Adresse führt nirgendwohin. Wählen Sie eine Ansicht aus dem Menü.',
  stale: 'Diese Zahlen sind von vorhin: Die letzte Abfrage ist fehlgeschlagen.',
  faultsTitle: 'Was nicht stimmt',
};

export const problems: Words['problems'] = {
  unreachable:
    'Der Server antwortet nicht. Prüfen Sie die Verbindung; die Seite versucht es von selbst wieder.',
  unexpected:
    'Der Server hat etwas geantwortet, das diese Seite nicht kennt. Laden Sie sie neu: Vielleicht gibt es eine neuere.',
  notAllowed: 'Ihre Rolle erlaubt das nicht. Fragen Sie, wer die Rollen dieser App vergibt.',
  notFound: 'Das gibt es nicht oder nicht mehr.',
  tooMany: 'Zu viele Anfragen auf einmal. Warten Sie einen Augenblick und versuchen Sie es dann noch einmal.',
  server: 'Das ist dem Server misslungen. Versuchen Sie es noch einmal; hilft das nicht, sehen Sie ins Log.',
  tooShort: 'Das ist zu kurz, um jemanden zu finden: Geben Sie mindestens zwei Buchstaben ein.',
  changed: 'Das hat inzwischen jemand anders geändert.',
  said: (title) => `Der Server sagt: ${title}`,
};

export const time: Words['time'] = {
  seconds: (count) => plural(count, 'Sekunde', 'Sekunden'),
  minutes: (count) => plural(count, 'Minute', 'Minuten'),
  hours: (count) => plural(count, 'Stunde', 'Stunden'),
  days: (count) => plural(count, 'Tag', 'Tage'),
  none: 'keine Zeit',
  lessThanSecond: 'weniger als eine Sekunde',
};
