export const en = {
  title: 'Posted by a tool',
  states: {
    firing: 'Firing',
    resolved: 'Resolved',
    queued: 'Queued',
    started: 'Started',
    succeeded: 'Succeeded',
    failed: 'Failed',
    opened: 'Open',
    closed: 'Closed',
  },
  /** Below a card. */
  leftOut: (number: number) =>
    number === 1
      ? 'One button is left out: it would call a server.'
      : `${number} buttons are left out: they would call a server.`,
  more: (number: number) => `and ${number} more`,
  cut: 'Shortened; **Show all** has the rest.',
  /** Beyond what a hook may tell. */
  moreCame: (name: string, number: number) =>
    `**${name}** posted about ${number} more in this minute. The newest state of each thing is told; the rest is not.`,
  open: 'Open',
  /** What `help` says of each command. */
  commands: {
    'create webhook': 'Makes an address that a tool can post to',
    webhooks: 'Lists the addresses that tools post to',
    'rotate webhook': 'Gives a webhook another address',
    'delete webhook': 'Ends a webhook at once',
    webhook: 'Shows or changes what a webhook does; **webhook help grafana** helps with a tool',
    'webhook address': 'Shows an address once',
  },
  chat: {
    notHere: 'I make no webhooks here: this channel does not say who speaks.',
    mayNot: (owner: string | undefined, isTeam: boolean) =>
      `Only ${owner === undefined ? 'whoever installed me' : `**${owner}**, who installed me,`}${isTeam ? ' or an owner of the team' : ''} can change the webhooks here. **webhooks** lists them.`,
    whichName: 'What shall it be called? For example **grafana**.',
    badName:
      'A webhook is called by one word, such as **grafana**. With a topic: **create webhook grafana as alerts/grafana**.',
    badTopic: (topic: string, allowed: string) =>
      allowed === ''
        ? 'Webhooks may not tell topics here.'
        : `Webhooks may not tell **${topic}**. Allowed: ${allowed}.`,
    isThere: (name: string) =>
      `There is a webhook **${name}** already. **rotate webhook ${name}** gives it another address.`,
    tooMany: (most: number) => `There are ${most} webhooks already, which is the most. Delete one first.`,
    addressOf: (name: string) =>
      `Here is the address of **${name}**. Paste it where the tool asks for a webhook URL:`,
    shownOnce:
      'I show it this once and keep only a hash of it. Whoever has it can post here: treat it as a password.',
    formerWorks: 'The former address works for 24 hours more.',
    notYet: (name: string, most: number, when: string) =>
      `**${name}** was given ${most} other addresses within 24 hours, and the former ones still work. Another one is possible from ${when}. **delete webhook ${name}** ends all of them at once.`,
    writeMeFirst:
      'I show addresses only to you alone. Write to me in a personal chat first, then ask here again.',
    sentToYou: (name: string) =>
      `I sent you the address of **${name}** in our personal chat, since everybody reads this one.`,
    ready: (name: string) => `The address of **${name}** is ready. I show it once.`,
    show: 'Show the address',
    noAddress: 'There is no address for you to see any more. Ask for another one.',
    none: 'There are no webhooks here yet. **create webhook grafana** makes one.',
    noSuch: (name: string) => `There is no webhook **${name}** here.`,
    which: 'Which webhook?',
    list: 'Tools can post here by:',
    as: (topic: string) => `tells **${topic}**`,
    neverUsed: 'never used',
    lastUsed: (day: string) => `last used ${day}`,
    signed: 'signed',
    deleted: (name: string) => `Done. **${name}** is gone; its address answers nobody any more.`,
    changed: (name: string) => `Done. **${name}** does so from now on.`,
    rules: (name: string) =>
      `You can say: **webhook ${name} reply**, **update** or **new** (what the next state does), **key \\<field\\>**, **secret \\<value\\>**, **mentions on**, **answer 202**; **off** takes one back.`,
    /** @param said Markdown, as in what follows; empty where nothing was said */
    noRule: (said: string) => `"${said}" is nothing that a webhook has.`,
    takesNothing: (name: string, rule: string, said: string) =>
      `Nothing stands behind **${rule}**, and you said "${said}". Say **webhook ${name} ${rule}**.`,
    badKey: (name: string, said: string, most: number) =>
      `${said === '' ? 'There is no field' : `"${said}" names no field`}: it is named by letters, digits, "_" and "-", with dots between, in ${most} characters at most. Say for example **webhook ${name} key alert.id**, or **webhook ${name} key off**.`,
    badSecret: (
      name: string,
      length: number,
      { least, most }: { readonly least: number; readonly most: number },
    ) =>
      `A secret has ${least} to ${most} characters, and yours has ${length}. Say **webhook ${name} secret** and a longer or a shorter one, or **webhook ${name} secret off**.`,
    badMentions: (name: string, said: string) =>
      `Mentions are on or off${said === '' ? '' : `, and not "${said}"`}. Say **webhook ${name} mentions on** or **webhook ${name} mentions off**.`,
    badAnswer: (name: string, said: string) =>
      `A tool can be answered 202 or as usual${said === '' ? '' : `, and not "${said}"`}. Say **webhook ${name} answer 202** or **webhook ${name} answer off**.`,
    ruleReply: (rule: string) =>
      ({
        update: 'A new state changes the message in place',
        reply: 'A new state is an answer to the message',
        new: 'A new state is a new message',
      })[rule] ?? rule,
    ruleKey: (path: string | undefined) =>
      path === undefined
        ? 'I find out by myself what a post is about'
        : `What a post is about stands in **${path}**`,
    ruleSecret: (isSet: boolean) => (isSet ? 'Posts must be signed' : 'Posts need no signature'),
    ruleMentions: (isOn: boolean) => (isOn ? 'Mentions ping those whom I know' : 'Mentions ping nobody'),
    ruleAnswer: (status: number | undefined) =>
      status === undefined
        ? 'A post is answered as its tool expects'
        : `Every post is answered **${status}**`,
  },
  anyTool:
    'Paste the address where the tool asks for a webhook, Teams or Slack URL.\n\nI take JSON, forms and text, and MessageCards, Adaptive Cards and Slack messages as they are.\n\nTry it: `curl -d hello <address>`.',
  /** Where to paste the address, by tool. */
  tools: {
    grafana:
      '**Grafana**: Alerting → Contact points → Add.\n\nIntegration *Webhook*, paste the address as URL; leave the rest as it is.\n\nTo sign: `webhook grafana secret <value>` here, and the same under *HMAC signature* there.',
    alertmanager:
      '**Alertmanager**: in `alertmanager.yml`, under `receivers`:\n\n`webhook_configs: [{ url: <address> }]`\n\nThen name the receiver in `route` and reload. `send_resolved` is on already: the alert turns green in place.',
    github:
      '**GitHub**: repository → Settings → Webhooks → Add webhook.\n\nPaste the address, content type *application/json*, choose the events.\n\nTo sign: the same value as *Secret* there and by `webhook github secret <value>` here.',
    gitlab:
      '**GitLab**: project → Settings → Webhooks → Add new webhook.\n\nPaste the address and choose the triggers.\n\nTo sign: the same value as *Secret token* there and by `webhook gitlab secret <value>` here.',
    azure:
      '**Azure Monitor**: action group → Actions → Webhook.\n\nPaste the address and switch on *common alert schema*.\n\nThe card turns green when the alert is resolved.',
    jenkins:
      '**Jenkins**: plugin *Office 365 Connector* → job → Notification webhooks.\n\nPaste the address as URL.\n\nEach build is a message of its own that changes in place.',
    zabbix:
      '**Zabbix**: Alerts → Media types → *MS Teams Workflow*.\n\nPaste the address as `teams_endpoint`.\n\nThe problem turns green when it recovers.',
    kuma: '**Uptime Kuma**: Settings → Notifications → Type *Webhook*.\n\nPaste the address as Post URL, body *application/json*.\n\nThe monitor turns green in place when it is up again.',
    slack:
      '**Whatever posts to Slack**: put the address where its incoming webhook stood.\n\nTexts, blocks and attachments are taken.\n\nButtons that would speak to Slack are left out.',
    argo: '**Argo CD**: service `teams-workflows`, and add `/powerautomate/` to the address.\n\nIt looks for that word.\n\nThe card says what was synced.',
  },
};
