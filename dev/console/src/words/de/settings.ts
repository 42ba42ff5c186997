import type { Words } from '../words.ts';

/** What each setting is for, by its name. */
const meaning: Words['settings']['meaning'] = {
  AzureWebJobsStorage:
    'Speicher des Functions-Hosts; über eine Identität: AzureWebJobsStorage__accountName, __credential, __clientId.',
  ServiceBusConnection:
    'Service Bus; über eine Identität: ServiceBusConnection__fullyQualifiedNamespace, __credential, __clientId.',
  TablesConnection: 'Table Storage; über eine Identität: TablesConnection__tableServiceUri.',
  APPLICATIONINSIGHTS_CONNECTION_STRING: 'Wohin der Functions-Host seine Telemetrie sendet.',
  AZURE_CLIENT_ID: 'Client-Id der zugewiesenen Identität, mit der die App Speicher und Service Bus erreicht.',
  MicrosoftAppId: 'App-Id des Bots. Leer nur auf dem lokalen Rechner, wo ihn sonst niemand erreicht.',
  MicrosoftAppType: 'UserAssignedMSI (Vorgabe), SingleTenant oder MultiTenant.',
  MicrosoftAppTenantId: 'Mandant des Bots; nötig, außer bei MultiTenant.',
  MicrosoftAppPassword: 'Nur für einen Bot zur Entwicklung, der zu einem Mandanten gehört.',
  NOTIFIER_REQUESTS_PER_SECOND: 'Anfragen je Sekunde an einen Mandanten, z. B. 50.',
  NOTIFIER_THREAD_LIMITS: 'Grenzen für eine Unterhaltung, z. B. 7/1s,8/2s,60/30s,1800/3600s.',
  NOTIFIER_TRUSTED_SERVICE_URLS:
    'Hosts, an die ein Token und eine Nachricht gehen dürfen, durch Kommas getrennt.',
  NOTIFIER_VOUCHED_CHANNELS:
    'Kanäle, deren Benutzer-Ids geglaubt wird, durch Kommas getrennt; Vorgabe: alle, die selbst sagen, wer spricht.',
  NOTIFIER_DIRECTORY:
    'Microsoft Graph, um Personen nach Anmeldename und E-Mail zu finden, https://graph.microsoft.com; leer: Nur Mitgliederlisten nennen sie.',
  NOTIFIER_DEFAULT_TIME_ZONE: 'IANA-Zeitzone der Personen, deren Zeitzone unbekannt ist, z. B. UTC.',
  NOTIFIER_DIALOG_IDLE_MINUTES:
    'Nach so vielen Minuten ohne Antwort hält ein Dialog nichts mehr zurück, z. B. 15.',
  NOTIFIER_BURST: 'Nachrichten je Unterhaltung; was darüber ist, wird eine Sammelnachricht, z. B. 3/60s.',
  NOTIFIER_SEND_TIMEOUT: 'Wie lange eine Anfrage an einen Kanal dauern darf, z. B. 15s.',
  NOTIFIER_RETENTION_DAYS:
    'So viele Tage werden Nachrichten, ihre Zustellungen und Geparktes aufbewahrt, z. B. 30.',
  NOTIFIER_FORGET_AFTER_DAYS:
    'Wer vor so vielen Tagen verschwunden ist, wird vergessen, z. B. 180; leer: niemand, der nicht selbst darum bittet.',
  NOTIFIER_READ_RECEIPTS: 'Ob festgehalten und berichtet wird, wer was gelesen hat: on oder off.',
  NOTIFIER_HOOK_TOPICS: 'Themen, zu denen Webhooks melden dürfen, z. B. alerts/*; leer: keine.',
  NOTIFIER_HOOK_RATE: 'Was ein Webhook einzeln melden kann, z. B. 60/60s.',
  NOTIFIER_CLAIM_LEASE:
    'Wie lange eine Zustellung für einen Vorgang reserviert ist, z. B. 60s; länger als dreimal NOTIFIER_SEND_TIMEOUT und 10s.',
  NOTIFIER_CONSOLE:
    'on: die Konsole für Betreiber und Autoren, hinter der Anmeldung von App Service; Vorgabe off, auf dem lokalen Rechner on.',
};

export const settings: Words['settings'] = {
  lead: 'Wie diese App eingerichtet ist. Nur lesbar: Geändert wird dort, wo die App bereitgestellt wird.',
  value: 'Wert',
  set: 'gesetzt, wird nicht gezeigt',
  from: { default: 'Vorgabe', given: 'Gesetzt' },
  search: 'Einstellung oder Bedeutung',
  empty: 'Keine Einstellung passt.',
  meaning,
};
