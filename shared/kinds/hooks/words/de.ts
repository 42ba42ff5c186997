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
  moreCame: (name, number) =>
    `**${name}** hat in dieser Minute etwa ${number} weitere gemeldet. Von jeder Sache folgt der neueste Stand, der Rest nicht.`,
  open: 'Öffnen',
  commands: {
    'create webhook': 'Legt eine Adresse an, an die ein Werkzeug melden kann',
    webhooks: 'Zeigt die Adressen, an die Werkzeuge melden',
    'rotate webhook': 'Gibt einem Webhook eine andere Adresse',
    'delete webhook': 'Beendet einen Webhook sofort',
    webhook: 'Zeigt oder ändert, was ein Webhook tut; **webhook hilfe grafana** hilft bei einem Werkzeug',
    'webhook address': 'Zeigt eine Adresse einmal',
  },
  chat: {
    notHere: 'Hier lege ich keine Webhooks an: Dieser Kanal sagt nicht, wer spricht.',
    mayNot: (owner, isTeam) =>
      `Die Webhooks hier kann nur ändern, wer mich installiert hat${owner === undefined ? '' : ` (**${owner}**)`}${isTeam ? ' oder wem das Team gehört' : ''}. **webhooks** zeigt sie.`,
    whichName: 'Wie soll er heißen? Zum Beispiel **grafana**.',
    badName:
      'Ein Webhook heißt mit einem Wort, etwa **grafana**. Mit Thema: **webhook anlegen grafana als alerts/grafana**.',
    badTopic: (topic, allowed) =>
      allowed === ''
        ? 'Webhooks dürfen hier keine Themen melden.'
        : `Webhooks dürfen **${topic}** nicht melden. Erlaubt: ${allowed}.`,
    isThere: (name) =>
      `Den Webhook **${name}** gibt es schon. **webhook erneuern ${name}** gibt ihm eine andere Adresse.`,
    tooMany: (most) => `Es gibt schon ${most} Webhooks, mehr gehen nicht. Lösche erst einen.`,
    addressOf: (name) =>
      `Das ist die Adresse von **${name}**. Füge sie ein, wo das Werkzeug nach einer Webhook-URL fragt:`,
    shownOnce:
      'Ich zeige sie nur dieses eine Mal und behalte nur einen Hash. Wer sie hat, kann hier melden: Behandle sie wie ein Passwort.',
    formerWorks: 'Die vorige Adresse gilt noch 24 Stunden.',
    notYet: (name, most, when) =>
      `**${name}** hat binnen 24 Stunden ${most} andere Adressen bekommen, und die vorigen gelten noch. Die nächste ist möglich ab ${when}. **webhook löschen ${name}** beendet alle sofort.`,
    writeMeFirst:
      'Adressen zeige ich nur dir allein. Schreib mir erst im persönlichen Chat, dann frag hier noch einmal.',
    sentToYou: (name) =>
      `Die Adresse von **${name}** steht in unserem persönlichen Chat, denn hier lesen alle mit.`,
    ready: (name) => `Die Adresse von **${name}** ist bereit. Ich zeige sie einmal.`,
    show: 'Adresse zeigen',
    noAddress: 'Hier gibt es für dich keine Adresse mehr zu sehen. Bitte um eine andere.',
    none: 'Hier gibt es noch keine Webhooks. **webhook anlegen grafana** legt einen an.',
    noSuch: (name) => `Den Webhook **${name}** gibt es hier nicht.`,
    which: 'Welcher Webhook?',
    list: 'Werkzeuge können hierher melden über:',
    as: (topic) => `meldet **${topic}**`,
    neverUsed: 'noch nie benutzt',
    lastUsed: (day) => `zuletzt benutzt ${day}`,
    signed: 'signiert',
    deleted: (name) => `Erledigt. **${name}** ist gelöscht; seine Adresse antwortet niemandem mehr.`,
    changed: (name) => `Erledigt. **${name}** macht es ab jetzt so.`,
    rules: (name) =>
      `Du kannst sagen: **webhook ${name} reply**, **update** oder **new** (was der nächste Stand tut), **key \\<Feld\\>**, **secret \\<Wert\\>**, **mentions an**, **answer 202**; **aus** nimmt etwas zurück.`,
    noRule: (said) => `„${said}“ hat ein Webhook nicht.`,
    takesNothing: (name, rule, said) =>
      `Hinter **${rule}** steht nichts, und du hast „${said}“ geschrieben. Schreib **webhook ${name} ${rule}**.`,
    badKey: (name, said, most) =>
      `${said === '' ? 'Es fehlt das Feld' : `„${said}“ nennt kein Feld`}: Es besteht aus Buchstaben von a bis z, Ziffern, „_“ und „-“, mit Punkten dazwischen, in höchstens ${most} Zeichen. Schreib zum Beispiel **webhook ${name} key alert.id**, oder **webhook ${name} key aus**.`,
    badSecret: (name, length, { least, most }) =>
      `Ein Geheimnis hat ${least} bis ${most} Zeichen, und deines hat ${length}. Schreib **webhook ${name} secret** und ein längeres oder kürzeres, oder **webhook ${name} secret aus**.`,
    badMentions: (name, said) =>
      `Erwähnungen sind an oder aus${said === '' ? '' : `, und nicht „${said}“`}. Schreib **webhook ${name} mentions an** oder **webhook ${name} mentions aus**.`,
    badAnswer: (name, said) =>
      `Ein Werkzeug bekommt 202 zur Antwort oder das Übliche${said === '' ? '' : `, und nicht „${said}“`}. Schreib **webhook ${name} answer 202** oder **webhook ${name} answer aus**.`,
    ruleReply: (rule) =>
      ({
        update: 'Ein neuer Stand ändert die Nachricht an Ort und Stelle',
        reply: 'Ein neuer Stand ist eine Antwort auf die Nachricht',
        new: 'Ein neuer Stand ist eine neue Nachricht',
      })[rule] ?? rule,
    ruleKey: (path) =>
      path === undefined ? 'Worum es geht, finde ich selbst heraus' : `Worum es geht, steht in **${path}**`,
    ruleSecret: (isSet) => (isSet ? 'Meldungen müssen signiert sein' : 'Meldungen brauchen keine Signatur'),
    ruleMentions: (isOn) =>
      isOn ? 'Erwähnungen benachrichtigen, wen ich kenne' : 'Erwähnungen benachrichtigen niemanden',
    ruleAnswer: (status) =>
      status === undefined
        ? 'Eine Meldung bekommt die Antwort, die ihr Werkzeug erwartet'
        : `Jede Meldung bekommt **${status}** zur Antwort`,
  },
  anyTool:
    'Füge die Adresse ein, wo das Werkzeug nach einer Webhook-, Teams- oder Slack-URL fragt.\n\nIch nehme JSON, Formulare und Text, und MessageCards, Adaptive Cards und Slack-Nachrichten, wie sie sind.\n\nZum Ausprobieren: `curl -d hallo <Adresse>`.',
  tools: {
    grafana:
      '**Grafana**: Alerting → Contact points → Add.\n\nIntegration *Webhook*, die Adresse als URL einfügen; alles andere bleibt.\n\nZum Signieren: hier `webhook grafana secret <Wert>`, dort derselbe Wert unter *HMAC signature*.',
    alertmanager:
      '**Alertmanager**: in `alertmanager.yml` unter `receivers`:\n\n`webhook_configs: [{ url: <Adresse> }]`\n\nDann den Receiver in `route` nennen und neu laden. `send_resolved` ist schon an: Der Alarm wird an Ort und Stelle grün.',
    github:
      '**GitHub**: Repository → Settings → Webhooks → Add webhook.\n\nAdresse einfügen, Content type *application/json*, Ereignisse wählen.\n\nZum Signieren: derselbe Wert dort als *Secret* und hier mit `webhook github secret <Wert>`.',
    gitlab:
      '**GitLab**: Projekt → Settings → Webhooks → Add new webhook.\n\nAdresse einfügen und Auslöser wählen.\n\nZum Signieren: derselbe Wert dort als *Secret token* und hier mit `webhook gitlab secret <Wert>`.',
    azure:
      '**Azure Monitor**: Aktionsgruppe → Aktionen → Webhook.\n\nAdresse einfügen und *allgemeines Warnungsschema* einschalten.\n\nDie Karte wird grün, wenn die Warnung behoben ist.',
    jenkins:
      '**Jenkins**: Plugin *Office 365 Connector* → Job → Notification webhooks.\n\nAdresse als URL einfügen.\n\nJeder Build ist eine eigene Nachricht, die sich an Ort und Stelle ändert.',
    zabbix:
      '**Zabbix**: Alerts → Media types → *MS Teams Workflow*.\n\nAdresse als `teams_endpoint` einfügen.\n\nDas Problem wird grün, wenn es behoben ist.',
    kuma: '**Uptime Kuma**: Einstellungen → Benachrichtigungen → Typ *Webhook*.\n\nAdresse als Post URL einfügen, Body *application/json*.\n\nDer Monitor wird an Ort und Stelle grün, wenn er wieder läuft.',
    slack:
      '**Was an Slack meldet**: die Adresse dort eintragen, wo der eingehende Webhook stand.\n\nTexte, Blöcke und Anhänge werden angenommen.\n\nSchaltflächen, die mit Slack sprechen würden, fehlen.',
    argo: '**Argo CD**: Dienst `teams-workflows`, und `/powerautomate/` an die Adresse anhängen.\n\nDanach sucht er.\n\nDie Karte sagt, was synchronisiert wurde.',
  },
};
