import type { FaultValues } from '../../wire/problem.ts';
import type { Words } from '../words.ts';

const meintenSie = (name: string | number | undefined) => (name === undefined ? '' : ` Meinten Sie ${name}?`);

const versucht = ({ attempts, last }: FaultValues) =>
  ` Versuche: ${attempts}${last === undefined ? '' : `, zuletzt: ${last}`}.`;

/** Each goes on behind the name of a field. */
const rules: Words['faults']['rules'] = {
  missing: () => 'fehlt.',
  type: () => 'hat eine andere Form, als hier stehen kann.',
  form: () => 'hat keine der Formen, die hier stehen können; das Schema zeigt sie.',
  format: () => 'ist nicht so geschrieben, wie es hier stehen muss.',
  empty: () => 'darf nicht leer sein.',
  'too-short': ({ least }) => `muss mindestens ${least} Zeichen haben.`,
  'too-long': ({ most }) => `darf höchstens ${most} Zeichen haben.`,
  'too-few': ({ least }) => `braucht mindestens ${least === '1' ? 'einen Eintrag' : `${least} Einträge`}.`,
  'too-many': ({ most }) => `darf höchstens ${most} Einträge haben.`,
  'too-low': ({ least }) => `muss mindestens ${least} sein.`,
  'too-high': ({ most }) => `darf höchstens ${most} sein.`,
  'one-of': ({ values }) => `muss eines davon sein: ${values}.`,
  'unknown-field': ({ field }) =>
    `hat ein Feld, das es nicht gibt: ${field}. Lassen Sie es weg oder berichtigen Sie den Namen.`,
  'no-such-field': () => 'gibt es hier nicht. Lassen Sie es weg oder berichtigen Sie den Namen.',
  'unknown-fields': () => 'hat Felder, die es nicht gibt: Lassen Sie sie weg.',
  'unknown-type': () => 'ist keine Art von Nachricht, die es gibt.',
  'well-formed': () => 'enthält Zeichen, die kein Unicode sind.',
  'control-characters': () => 'muss eine Zeile ohne Steuerzeichen sein.',
  topic: () =>
    'besteht aus Buchstaben, Ziffern, Leerzeichen, Punkt, Unter- und Bindestrich; Teile trennt ein Schrägstrich: builds/web. Höchstens 200 Zeichen.',
  nobody: () => 'muss jemanden nennen: „Außer“ allein lässt niemanden weg.',
  channel: () => 'muss ein Kanal sein, den der Bot kennt, etwa msteams.',
  duration: () => 'muss eine Dauer nach ISO 8601 sein, etwa PT10M.',
  instant: () => 'muss ein Zeitpunkt nach RFC 3339 sein, etwa 2026-12-01T09:00:00Z.',
  'local-time': () => 'muss eine Ortszeit sein, etwa 2026-12-01T09:00.',
  'no-card': () => 'muss eine Adaptive Card sein: Ihr „type“ ist „AdaptiveCard“.',
  'no-content': () => 'Schreiben Sie einen Text oder eine Karte.',
  'nothing-seen': () => 'muss etwas sagen: Es hat nur Leerzeichen und Zeichen, die man nicht sieht.',
  link: () =>
    'hat eine Verknüpfung, die den Leuten nicht gezeigt wird: Sie muss mit http:, https:, mailto:, tel:, sms: oder msteams: beginnen.',
  'mention-everyone': () =>
    'darf nicht alle in einem Chat erwähnen: Wählen Sie sie als Empfänger, und lassen Sie die Erwähnung weg.',
  'too-many-values': ({ most }) => `darf höchstens ${most} Werte haben: Lassen Sie weg, was niemand liest.`,
  'too-deep': ({ most }) => `darf höchstens ${most} Ebenen tief geschachtelt sein.`,
  'reserved-name': ({ name }) =>
    `darf den Namen „${name}“ nicht verwenden: Er ist den Knöpfen des Bots vorbehalten. Nehmen Sie einen anderen.`,
  'button-data': () =>
    'muss ein Objekt sein: Ein Text würde im Namen der Person gesagt, die den Knopf drückt.',
  'asks-bot': () =>
    'verlangt vom Bot etwas, das niemand beantwortet. Nehmen Sie Action.OpenUrl zu einer Seite, die es tut, oder senden Sie eine Umfrage.',
  'too-large': ({ most, bytes }) =>
    `ist zu groß: höchstens ${most}${bytes === undefined ? '' : `, es sind ${bytes}`}. Kürzen Sie, oder verknüpfen Sie mit der langen Fassung.`,
  'needs-key': () => 'braucht einen Schlüssel, der nennt, was sich ändert.',
  'too-far': ({ until }) => `darf überall höchstens 366 Tage voraus liegen, bis ${until}. Senden Sie später.`,
  'after-expiry': ({ last }) =>
    `muss überall vor „Nicht später als“ liegen, und die Letzten haben es ${last}. Verschieben Sie eines von beiden.`,
  'no-entries': () => 'Nennen Sie mindestens eine E-Mail, einen Anmeldenamen, eine Id oder einen Schlüssel.',
  'not-found': ({ name }) => `Gesucht war „${name}“.`,
  changed: () => 'Laden Sie es neu, und senden Sie, was Sie von beidem wollen.',
  full: ({ most }) => `Es werden höchstens ${most} behalten: Löschen Sie, was niemand mehr braucht.`,
  'version-missing': () => 'Es fehlt, welche Fassung gemeint ist: Laden Sie sie neu.',
  'key-missing': () => 'fehlt; es nennt diesen einen Wunsch, damit niemand zweimal davon erfährt.',
  'key-reused': () =>
    'Die frühere Fassung ist vielleicht schon gesendet: Sehen Sie unter „Von Ihnen gesendet“ nach, bevor Sie diese senden.',
  'draft-key-reused': () =>
    'steht schon für einen anderen Entwurf. Speichern Sie noch einmal: Es wird ein eigener daraus.',
  'only-oneself': () => 'Eine Probe geht an den, der angemeldet ist.',
  'not-own': () => 'Sie haben sie nicht selbst gesendet: Bitten Sie einen Betreiber, sie anzuhalten.',
  role: ({ role }) => `Dafür braucht es die Rolle ${role}.`,
  away: () => 'Versuchen Sie es in ein paar Sekunden noch einmal.',
  'no-such-audience': ({ name }) =>
    `Unter dem Namen „${name}“ ist keine Liste gespeichert: Speichern Sie sie, und senden Sie noch einmal.`,
  'no-such-conversation': () =>
    'Diese Unterhaltung kennt der Bot nicht. Bekannt wird, wer dem Bot schreibt oder ihn installiert.',
  'no-such-user': () =>
    'Niemand ist bekannt, der so heißt. Bekannt wird, wer dem Bot schreibt oder ihn installiert.',
  ambiguous: () =>
    'Mehrere Personen heißen so, deshalb erfährt es niemand: Nennen Sie die gemeinte mit ihrer Entra-Objekt-Id.',
  'directory-refused': () =>
    'Bekannt ist niemand, der so heißt, und das Verzeichnis darf nicht gefragt werden: Geben Sie der App die Berechtigung User.Read.All von Microsoft Graph, und spielen Sie es dann neu ein.',
  'unknown-part': ({ name, meant }) =>
    `„${name}“ ist kein bekannter Teil einer Karte: Wer ihn nicht kennt, zeigt davon nichts.${meintenSie(meant)}`,
  'unknown-part-field': ({ type, meant }) =>
    `ist kein bekanntes Feld von ${type}: Wer es nicht kennt, übergeht es.${meintenSie(meant)}`,
  'shows-nothing': ({ type, needs }) =>
    `fehlt: Ohne ${String(needs).replace(', ', ' oder ')} zeigt oder tut ${type} nichts.`,
  address: () => 'muss eine ganze Adresse sein, etwa https://example.com/seite.',
  'no-test': ({ type }) =>
    `„${type}“ bestimmt selbst, wen es erreicht, und was es zeigt, lässt sich nicht Ihnen allein senden: Sehen Sie die Vorschau an.`,
  'delivery-too-large': (tried) =>
    `Sie ist größer, als ihr Kanal zeigen kann: Veröffentlichen Sie sie kürzer.${versucht(tried)}`,
  'delivery-gone': (tried) =>
    `Ihre Unterhaltung gibt es nicht mehr, und keine andere war zu finden: Spielen Sie sie neu ein, wenn die Person zurück ist.${versucht(tried)}`,
  'delivery-untrusted-service-url': (tried) =>
    `Sie ginge an eine Adresse, die in NOTIFIER_TRUSTED_SERVICE_URLS nicht steht: Spielen Sie sie neu ein, wenn sie dort steht.${versucht(tried)}`,
  'delivery-refused': (tried) =>
    `Der Kanal nimmt eine solche Nachricht nicht an: Spielen Sie sie neu ein, wenn die App berichtigt ist.${versucht(tried)}`,
  'delivery-rejected': (tried) => `Der Kanal hat sie endgültig abgelehnt.${versucht(tried)}`,
  'delivery-unconfirmed': (tried) =>
    `Sie wurde gesendet, und ob sie ankam, ist unbekannt: Vielleicht hat die Person sie gesehen. Neu eingespielt, sieht sie sie vielleicht noch einmal.${versucht(tried)}`,
  'delivery-exhausted': (tried) =>
    `Sie wurde so oft und so lange versucht, wie es vorgesehen ist: Spielen Sie sie neu ein, wenn der Kanal wieder antwortet.${versucht(tried)}`,
  'directory-away': () =>
    'Bekannt ist niemand, der so heißt, und das Verzeichnis antwortet seit einer Stunde nicht: Spielen Sie es neu ein, wenn es antwortet.',
};

const problems: Words['faults']['problems'] = {
  'invalid-request': () => 'So lässt sich das nicht verwenden.',
  'invalid-data': () => 'So lässt sich die Nachricht nicht senden.',
  'invalid-json': () => 'Das ließ sich nicht lesen.',
  'unknown-type': () => 'Diese Art von Nachricht gibt es nicht.',
  'too-large': () => 'Das ist zu groß.',
  full: () => 'Es sind schon so viele da, wie behalten werden.',
  'idempotency-key-reused': () => 'Unter diesem Schlüssel wurde schon etwas anderes verlangt.',
  'idempotency-key-missing': () => 'Es ist nicht bekannt, ob das eine Wiederholung ist.',
  'if-match-missing': () => 'Es ist nicht bekannt, welche Fassung gemeint ist.',
};

export const faults: Words['faults'] = {
  rules,
  problems,
  field: {
    text: 'Text',
    card: 'Karte',
    to: 'An',
    except: 'Außer',
    'delivery.mode': 'Wer mitten in etwas ist',
    'delivery.at': 'Wann',
    'delivery.expiresAt': 'Nicht später als',
    'delivery.key': 'Schlüssel',
    'delivery.urgent': 'Dringend',
  },
  entry: (number) => `Eintrag ${number}`,
};
