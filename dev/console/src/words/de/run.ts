import type { Words } from '../words.ts';

export const parked: Words['parked'] = {
  lead: 'Was nicht zu gebrauchen oder nicht zu Ende zu bringen war. Nichts davon ist verloren: beheben und neu einspielen, oder verwerfen.',
  kind: { event: 'Ereignis', delivery: 'Zustellung', message: 'Nachricht einer Warteschlange' },
  anyReason: 'Jeder Grund',
  empty: 'Nichts ist geparkt.',
  emptyText: 'Was nicht zu gebrauchen oder zuzustellen ist, kommt mit seinen Fehlern hierher.',
  faults: 'Was nicht stimmt',
  noFaults: 'Es wurden keine Fehler vermerkt.',
  original: 'Das Original',
  properties: 'Eigenschaften',
  replay: 'Neu einspielen',
  drop: 'Verwerfen',
  select: (what) => `${what} auswählen`,
  selected: (count) => `${count} ausgewählt`,
  replaySelected: 'Ausgewählte neu einspielen',
  dropSelected: 'Ausgewählte verwerfen',
  replayAll: (reason) => `Alle neu einspielen: ${reason}`,
  dropAll: (reason) => `Alle verwerfen: ${reason}`,
  replayTitle: (what) => `${what} neu einspielen?`,
  replayText:
    'Jede geht den ganzen Weg von vorn. Wem etwas schon gesagt wurde, dem wird es nicht zweimal gesagt; was weiterhin nicht zu gebrauchen ist, wird wieder geparkt.',
  dropTitle: (what) => `${what} endgültig verwerfen?`,
  dropText: 'Sie werden gelöscht und erreichen niemanden. Das lässt sich nicht rückgängig machen.',
  replayNow: 'Ja, neu einspielen',
  dropNow: 'Ja, verwerfen',
  allOf: (reason) => `Alles Geparkte mit dem Grund: ${reason}`,
  count: (count) => `${count} geparkt`,
  done: (count) => `${count} erledigt.`,
  progress: (count) => `Bisher ${count} erledigt …`,
  partly: (done, failed, why) => `${done} erledigt, ${failed} wieder geparkt: ${why}`,
  again: {
    unknown: (count) => `${count} darin weiterhin unbekannt`,
    underWay: 'wird in diesem Augenblick bearbeitet',
  },
  choose: 'Wählen Sie einen Eintrag, um seine Fehler neben dem Original zu sehen.',
};

export const hooks: Words['hooks'] = {
  lead: 'Adressen, an die Werkzeuge posten. Ihre Geheimnisse sieht niemand, auch nicht hier.',
  empty: 'Es gibt keine Hooks.',
  emptyText: 'Man legt sie im Chat an: create webhook <Name>.',
  topic: 'Thema',
  place: 'Erreicht',
  by: 'Angelegt von',
  used: 'Zuletzt benutzt',
  neverUsed: 'nie',
  revoke: 'Widerrufen',
  revokeTitle: (name) => `Den Hook „${name}“ widerrufen?`,
  revokeText:
    'Seine Adresse gilt sofort nicht mehr, und wer an sie postet, bekommt ein 404. Das lässt sich nicht rückgängig machen.',
  revokeNow: 'Ja, widerrufen',
  revoked: 'Der Hook ist widerrufen.',
  name: 'Name',
};

export const topics: Words['topics'] = {
  lead: 'Was die Leute abonniert haben.',
  empty: 'Noch hat niemand etwas abonniert.',
  emptyText: 'Man abonniert im Chat: abonniere builds.',
  subscribers: 'Abonnenten',
  write: 'Ihnen schreiben',
  search: 'Thema',
  kind: 'Art',
};

export const settings: Words['settings'] = {
  lead: 'Wie diese App eingerichtet ist. Nur lesbar: Geändert wird dort, wo die App bereitgestellt wird.',
  value: 'Wert',
  set: 'gesetzt, wird nicht gezeigt',
  from: { default: 'Vorgabe', given: 'Gesetzt' },
  search: 'Einstellung oder Bedeutung',
  empty: 'Keine Einstellung passt.',
};

export const audit: Words['audit'] = {
  lead: 'Wer in dieser Konsole was geändert hat.',
  empty: 'Noch wurde nichts geändert.',
  emptyText: 'Jede Änderung aus dieser Konsole hinterlässt hier eine Zeile.',
  tried: (action) => `${action} (nur geprüft)`,
  who: 'Wer',
  what: 'Was',
  action: 'Handlung',
  from: 'Von',
  outcome: 'Ergebnis',
  when: 'Wann',
};

export const action: Words['action'] = {
  'notification.send': 'Nachricht gesendet',
  'notification.test': 'Nachricht probiert',
  'notification.cancel': 'Nachricht angehalten',
  'parked.replay': 'Geparktes neu eingespielt',
  'parked.drop': 'Geparktes verworfen',
  'person.erase': 'Person gelöscht',
  'hook.revoke': 'Hook widerrufen',
  'draft.add': 'Entwurf begonnen',
  'draft.change': 'Entwurf geändert',
  'draft.delete': 'Entwurf gelöscht',
  'audience.store': 'Liste gespeichert',
  'audience.delete': 'Liste gelöscht',
};
