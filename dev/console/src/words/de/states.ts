import type { Words } from '../words.ts';

export const state: Words['state'] = {
  queued: 'In der Schlange',
  deferred: 'Zurückgehalten',
  retrying: 'Neuer Versuch',
  delivered: 'Zugestellt',
  updated: 'Aktualisiert',
  cancelled: 'Abgebrochen',
  recalled: 'Zurückgerufen',
  superseded: 'Überholt',
  suppressed: 'Unterdrückt',
  expired: 'Abgelaufen',
  dropped: 'Verworfen',
  rejected: 'Abgelehnt',
  exhausted: 'Aufgegeben',
  unconfirmed: 'Unbestätigt',
  'no-such-recipient': 'Unbekannte Person',
};

export const reason: Words['reason'] = {
  waiting: 'im Dialog',
  'quiet-hours': 'Ruhezeit',
  burst: 'zu viele auf einmal',
  scheduled: 'geplant',
  muted: 'stummgeschaltet',
  unsubscribed: 'abbestellt',
  blocked: 'Bot blockiert',
  uninstalled: 'Bot entfernt',
  'disabled-by-admin': 'vom Admin gesperrt',
  forgotten: 'wollte vergessen werden',
  'too-large': 'zu groß',
  gone: 'Unterhaltung nicht mehr da',
  'unknown-user': 'Id unbekannt',
  'unknown-conversation': 'Unterhaltung unbekannt',
  'unknown-audience': 'Liste unbekannt',
  ambiguous: 'mehrere Personen',
  'directory-refused': 'kein Zugriff aufs Verzeichnis',
  'directory-away': 'Verzeichnis nicht erreichbar',
  refused: 'Nachricht abgelehnt',
  'untrusted-service-url': 'Adresse nicht vertrauenswürdig',
  'not-registered': 'Bot nicht registriert',
  'invalid-envelope': 'kein gültiges Ereignis',
  'unknown-type': 'unbekannte Art',
  'invalid-data': 'ungültige Daten',
  'no-such-recipient': 'unbekannte Person',
  unconfirmed: 'unbestätigt',
  exhausted: 'aufgegeben',
  rejected: 'abgelehnt',
};

export const why: Words['why'] = {
  queued: 'Sie ist in der Warteschlange und geht bald hinaus.',
  deferred: 'Sie wird vorerst zurückgehalten.',
  'deferred/waiting': 'Sie wartet, bis der Dialog endet, in dem die Person mit dem Bot ist.',
  'deferred/quiet-hours': 'Sie wartet, bis die Ruhezeit der Person endet.',
  'deferred/burst': 'Es kamen zu viele Nachrichten auf einmal: Sie geht in einer Sammelnachricht hinaus.',
  'deferred/scheduled': 'Sie ist geplant und geht zu ihrer Zeit hinaus.',
  retrying: 'Der Kanal hat sie im Augenblick abgelehnt; sie wird noch einmal versucht.',
  delivered: 'Sie wurde zugestellt.',
  'delivered/digest': 'Sie wurde zugestellt, in einer Sammelnachricht mit anderen.',
  updated: 'Die Nachricht, die die Person schon hatte, wurde an Ort und Stelle geändert, ohne neuen Hinweis.',
  cancelled: 'Sie wurde abgebrochen, bevor sie die Person erreichte.',
  recalled: 'Sie wurde zugestellt und später wieder gelöscht.',
  superseded: 'Eine neuere Nachricht über dieselbe Sache trat an ihre Stelle.',
  suppressed: 'Ein Wunsch der Person, oder was sie mit dem Bot tat, hielt sie zurück.',
  'suppressed/muted': 'Die Person hat das stummgeschaltet: Sie bat den Bot, nichts zu sagen.',
  'suppressed/unsubscribed': 'Die Person hat dieses Thema abbestellt.',
  'suppressed/blocked': 'Die Person hat den Bot blockiert: Bis sie das aufhebt, erreicht sie nichts.',
  'suppressed/uninstalled':
    'Die Person hat den Bot entfernt: Bis sie ihn neu installiert, erreicht sie nichts.',
  'suppressed/disabled-by-admin': 'Eine Administratorin oder ein Administrator hat den Bot für sie gesperrt.',
  'suppressed/forgotten':
    'Die Person bat darum, vergessen zu werden: Der Bot behält nichts über sie und schreibt nichts.',
  expired: 'Sie kam zu spät: Ihre Zeit war um, bevor sie zugestellt werden konnte.',
  dropped: 'Sie wurde verworfen: Die Person blieb länger in einem Dialog, als die Nachricht warten darf.',
  rejected: 'Der Kanal hat sie endgültig abgelehnt.',
  'rejected/too-large': 'Sie war zu groß für den Kanal der Person.',
  'rejected/gone': 'Die Unterhaltung gibt es nicht mehr, und keine andere ist bekannt.',
  'rejected/refused': 'Der Kanal hat die Nachricht selbst abgelehnt: Unverändert nimmt er sie nie an.',
  'rejected/untrusted-service-url':
    'Sie wurde nicht gesendet: Der Kanal der Person nennt eine Adresse, der diese App nicht vertraut (NOTIFIER_TRUSTED_SERVICE_URLS).',
  'rejected/not-registered': 'Sie wurde abgelehnt, weil der Bot beim Kanal nicht registriert war.',
  exhausted: 'Jeder Versuch scheiterte am Kanal, bis keiner mehr Sinn hatte.',
  unconfirmed:
    'Sie wurde gesendet, aber der Kanal sagte nie, ob sie ankam: Vielleicht hat die Person sie gesehen, vielleicht nicht.',
  'no-such-recipient': 'Der Bot kannte die Person nicht, als sie gesendet wurde.',
  'no-such-recipient/unknown-user':
    'Der Bot kannte niemanden mit dieser Id oder diesem Namen, als sie gesendet wurde.',
  'no-such-recipient/unknown-conversation':
    'Der Bot kannte keine solche Unterhaltung, als sie gesendet wurde.',
  'no-such-recipient/unknown-audience': 'Es gab keine Liste dieses Namens, als sie gesendet wurde.',
  'no-such-recipient/ambiguous':
    'Mehrere Personen haben diesen Namen oder diese Adresse; darum bekam sie keine von ihnen.',
  'no-such-recipient/directory-refused':
    'Der Bot kannte niemanden mit dieser Adresse, und das Verzeichnis lässt ihn nicht nachsehen.',
  'no-such-recipient/directory-away':
    'Der Bot kannte niemanden mit dieser Adresse, und das Verzeichnis antwortete nicht.',
};

export const states: Words['states'] = {
  outcome: 'Ergebnis',
  total: (count) => `${count} Empfänger`,
  complete: 'Abgeschlossen',
  running: 'Unterwegs',
  cancelledAt: (time) => `Abgebrochen ${time}`,
  scheduledFor: (time) => `Geplant für ${time}`,
  localTime: (time) => `${time} nach der Uhr jeder Person`,
  progress: (done, total) => `${done} von ${total} erledigt`,
  nobody: 'Noch an niemanden gerichtet',
};
