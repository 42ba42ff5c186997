import type { Wording } from '../../../locale/wording.ts';
import type { en } from './en.ts';

export const de: Wording<typeof en> = {
  title: 'Von einem Werkzeug gemeldet',
  states: {
    firing: 'Alarm',
    resolved: 'Behoben',
    queued: 'Wartet',
    started: 'Gestartet',
    succeeded: 'Erfolgreich',
    failed: 'Fehlgeschlagen',
    opened: 'Offen',
    closed: 'Geschlossen',
  },
  leftOut: (number) =>
    number === 1
      ? 'Eine Schaltfläche fehlt hier: Sie würde einen Server aufrufen.'
      : `${number} Schaltflächen fehlen hier: Sie würden einen Server aufrufen.`,
  more: (number) => `und ${number} weitere`,
  cut: 'Gekürzt; den Rest zeigt **Alles zeigen**.',
  open: 'Öffnen',
};
