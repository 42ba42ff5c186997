import * as fs from 'node:fs';
import { it } from 'vitest';
import { loadConfig } from '../../shared/config.ts';
import { fromRequest } from '../../functions/cloud-event-request.ts';
import { parseCloudEvent } from '../../shared/domain/event/cloud-event.ts';
import { checkEvent } from '../../shared/use-cases/intake/check-event.ts';
import { faultsOfCard } from '../../shared/catalog/safety.ts';
import { judge, judgeCreation, judgeChange } from '../../shared/domain/delivery/failure.ts';
import { toFailure, toSendResult, toCreateResult } from '../../shared/adapters/bot/connector/send-result.ts';
import { anEvent } from '../support/builders.ts';
import { toStructured } from '../../shared/domain/event/cloud-event.ts';

const out: string[] = [];
const log = (s: string) => out.push(s);
const base = { NOTIFIER_LISTENS_ON: '127.0.0.1', TablesConnection: 'x', ServiceBusConnection: 'y' };
it('config', async () => {
  const tries: Record<string,string>[] = [
    ...['*.trafficmanager.net','*.com','*.co.uk','*.github.io','*.blob.core.windows.net','*.BLOB.core.windows.net','*.core.windows.net','*.windows.net','*.azurewebsites.net','*.westeurope.azurecontainerapps.io','*.foo.westeurope.azurecontainerapps.io','*.vercel.app','*.ngrok.io','*.ngrok-free.app','*.devtunnels.ms','*.euw.devtunnels.ms','*.loca.lt','*.pages.dev','*.workers.dev','*.amazonaws.com','*.s3.amazonaws.com','*.appspot.com','*.web.app','*.herokuapp.com','*.compute.amazonaws.com','*.elb.amazonaws.com','*.nip.io','*.sslip.io','*.xip.io','*.localhost','*.local','*.internal','*.cloudapp.azure.com','*.westeurope.cloudapp.azure.com','*.botframework.com','*.xn--p1ai','*.ck','*.www.ck','*.foo.ck','*.azure.com','*.microsoft.com','*.windowsazure.com','*.cluster.local','*.10.in-addr.arpa','1.2.3.4','*.1.2.3.4','[::1]','evil.example:443','*.com.','*.*.com','com','localhost','*.cn','*.duckdns.org','*.dyndns.org','*.servicebus.windows.net','*.file.core.windows.net','*.queue.core.windows.net','*.database.windows.net','*.vault.azure.net','*.azurecr.io','*.search.windows.net','*.scm.azurewebsites.net','*.p.azurewebsites.net','*.chinacloudsites.cn','*.azurewebsites.us','*.usgovtrafficmanager.net','*.blob.core.usgovcloudapi.net','*.usgovcloudapp.net','*.azurewebsites.de','*.azure-mobile.net','*.z6.web.core.windows.net','*.1.azurestaticapps.net','*.westeurope-01.azurewebsites.net'].map(x => ({ NOTIFIER_TRUSTED_SERVICE_URLS: x })),
    ...['1e308','0x32','50.','.5','٥٠','-1','0','0.1','0.0999999999','Infinity','10000.0000001','5 0','50,0','1_000'].map(x => ({ NOTIFIER_REQUESTS_PER_SECOND: x })),
    ...['1e-9','0.5','1','36500','1.0000001','1d'].map(x => ({ NOTIFIER_RETENTION_DAYS: x })),
    ...['15001ms','45000ms','44999ms','45s','1e3s','0s','15','600s','10m','11m'].map(x => ({ NOTIFIER_CLAIM_LEASE: x })),
    ...['3/60s,4/60s','0/60s','3/0s','3/60','99999999/60s','3/1ms','100000/1h',' 3 / 60 s '].map(x => ({ NOTIFIER_BURST: x })),
    ...['1/1h','1/1h,','100000/100ms','1/61m'].map(x => ({ NOTIFIER_THREAD_LIMITS: x })),
    ...['+01:00','europe/berlin','Etc/Unknown','Factory','local','UTC+1','posix/Europe/Berlin'].map(x => ({ NOTIFIER_DEFAULT_TIME_ZONE: x })),
    ...['msteams,webchat','MSTEAMS','msteams,','msteams;slack','*','all','none',' '].map(x => ({ NOTIFIER_VOUCHED_CHANNELS: x })),
    { NOTIFIER_LISTENS_ON: '0.0.0.0' }, { NOTIFIER_LISTENS_ON: '127.0.0.1', CONTAINER_APP_NAME: 'x' }, { NOTIFIER_LISTENS_ON: '' }, { NOTIFIER_LISTENS_ON: '127.0.0.1', KUBERNETES_SERVICE_HOST: '10.0.0.1' }, { NOTIFIER_LISTENS_ON: '127.0.0.1', WEBSITE_SITE_NAME: 'x' },{ NOTIFIER_LISTENS_ON: '127.0.0.1', WEBSITE_INSTANCE_ID: ' ' },
    { MicrosoftAppType: 'S3cr~tPassw0rd', NOTIFIER_BURST: 'AccountKey=abcdef==' }, { MicrosoftAppId: 'x', NOTIFIER_LISTENS_ON: '' , MicrosoftAppTenantId: 'not-a-guid' },
    { NOTIFIER_SEND_TIMEOUT: '60s' }, { NOTIFIER_SEND_TIMEOUT: '60s', NOTIFIER_CLAIM_LEASE: '180s' },
  ];
  for (const t of tries) {
    try { const c = await loadConfig({ ...base, ...t }); log(`OK   ${JSON.stringify(t)} tz=${c.defaultTimeZone}`); } catch (e) { log(`BAD  ${JSON.stringify(t)} ${(e as Error).message.split('\n')[1]?.slice(0,120)}`); }
  }
});
it('events', () => {
  const ev = (x: object) => ({ specversion: '1.0', id: 'i', source: '/s', type: 'notification.requested', data: { to: { everyone: true }, text: 'x' }, ...x });
  for (const [n, x] of Object.entries({ nul: { id: 'a\u0000' }, nel: { source: 'a\u0085' }, del: { subject: '\u007f' }, type: { type: 'a\tb' }, u2028: { id: 'a\u2028b' }, bidi: { id: 'a\u202eb' }, trace: { traceparent: 'x\ny' }, long: { id: 'x'.repeat(1025) }, astral: { id: '😀'.repeat(600) }, nfc: { id: 'e\u0301' }, space: { id: ' ' }, num: { id: 5 }, proto: JSON.parse('{"__proto__":{"id":"z"}}') })) {
    const r = parseCloudEvent(ev(x as object)); log(`EV ${n} ${r.ok ? 'ok' : JSON.stringify(r.faults)}`);
  }
  const big = (x: object) => { const t = performance.now(); const r = checkEvent(ev({ data: x }), { at: Date.now() }); log(`DATA ${JSON.stringify(x).length} ${r.ok ? 'ok ' + JSON.stringify(r.unknown).slice(0,100) : r.reason + ' ' + JSON.stringify(r.faults).slice(0, 300)} ${(performance.now()-t).toFixed(0)}ms`); };
  big({ to: Array(1e5).fill({ user: 'x' }), text: 'x' });
  big({ to: Array(1001).fill({ user: 'x' }), text: 'x' });
  big({ to: Array(1000).fill({ user: 'x' }), text: 'x' });
  big({ to: [], text: 'x' });
  big({ to: { user: 'a\nb' }, text: 'x' });
  big({ to: { user: ' ' }, text: 'x' });
  big({ to: { user: '\ud800' }, text: 'x' });
  big({ to: { user: 'x', conversation: 'y' }, text: 'x' });
  big({ to: { user: 'x', foo: 1 }, text: 'x' });
  big({ to: { everyone: false }, text: 'x' });
  big({ to: { user: 'x' }, text: '' });
  big({ to: { user: 'x' }, text: '   \u200b ' });
  big({ to: { user: 'x' }, text: '\ud800' });
  big({ to: { user: 'x' }, text: '\u0000' });
  big({ to: { user: 'x' }, text: 'x'.repeat(90000) });
  big({ to: { user: 'x' }, text: '😀'.repeat(4000) });
  big({ to: { user: 'x' }, card: {} });
  big({ to: { user: 'x' }, card: { type: 'AdaptiveCard' } });
  big({ to: { user: 'x' }, card: { type: 'AdaptiveCard', body: [] } });
  big({ to: { user: 'x' }, card: { type: 'HeroCard' } });
  big({ to: { user: 'x' }, text: 'x', delivery: { foo: 1 } });
  big({ to: { user: 'x' }, text: 'x', delivery: { urgent: 'yes' } });
  big({ to: { user: 'x' }, text: 'x', delivery: { maxWait: 'PT999999999H' } });
  big({ to: { user: 'x' }, text: 'x', delivery: { maxWait: 'PT0S' } });
  big({ to: { user: 'x' }, text: 'x', delivery: { expiresAt: '9999-12-31T00:00:00Z' } });
  big({ to: { user: 'x' }, text: 'x', delivery: { expiresAt: '1999-12-31T00:00:00Z' } });
  big({ to: { user: 'x' }, text: 'x', delivery: null });
  big({ to: { user: 'x' }, text: 'x', foo: 1, 'a\nb': 2, constructor: 3, toString: 4 });
  big({ to: { user: 'x' }, text: 'x', ...Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ['f' + i, 1])) });
  let c: object = { type: 'TextBlock', text: 'deep' }; for (let i = 0; i < 10000; i++) c = { type: 'Container', items: [c] };
  try { const t = performance.now(); const r = checkEvent(ev({ data: { to: { user: 'x' }, card: { type: 'AdaptiveCard', body: [c] } } }), { at: 1 }); log(`NEST ${r.ok} ${JSON.stringify(r).slice(0,200)} ${(performance.now()-t).toFixed(0)}ms`); } catch (e) { log(`NEST THROWS ${e}`); }
  const wide = { type: 'AdaptiveCard', body: Array.from({ length: 3000 }, () => ({ type: 'Container', items: [] })) };
  big({ to: { user: 'x' }, card: wide });
  for (const [n, card] of Object.entries({
    exec: { type: 'AdaptiveCard', actions: [{ type: 'action.execute' }] },
    fallback: { type: 'AdaptiveCard', body: [{ type: 'Foo', fallback: { type: 'ActionSet', actions: [{ type: 'Action.Execute' }] } }] },
    select: { type: 'AdaptiveCard', selectAction: { type: 'Action.Execute' } },
    inline: { type: 'AdaptiveCard', body: [{ type: 'Input.Text', id: 'x', inlineAction: { type: 'Action.Execute' } }] },
    show: { type: 'AdaptiveCard', actions: [{ type: 'Action.ShowCard', card: { type: 'AdaptiveCard', refresh: {} } }] },
    noTypeRefresh: { type: 'AdaptiveCard', actions: [{ type: 'Action.ShowCard', card: { refresh: { action: {} } } }] },
    task: { type: 'AdaptiveCard', actions: [{ type: 'Action.Submit', data: { msteams: { type: 'task/fetch' } } }] },
    taskStr: { type: 'AdaptiveCard', actions: [{ type: 'Action.Submit', data: '{"msteams":{"type":"task/fetch"}}' }] },
    taskArr: { type: 'AdaptiveCard', actions: [{ type: 'Action.Submit', data: { msteams: [{ type: 'task/fetch' }] } }] },
    msStr: { type: 'AdaptiveCard', actions: [{ type: 'Action.Submit', data: { msteams: 'task/fetch' } }] },
    query: { type: 'AdaptiveCard', body: [{ type: 'Input.ChoiceSet', id: 'x', 'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' } }] },
    query2: { type: 'AdaptiveCard', body: [{ type: 'Input.ChoiceSet', id: 'x', 'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com.evil/users' } }] },
    runCommands: { type: 'AdaptiveCard', actions: [{ type: 'Action.Submit', data: { Notifier: 'forget me now' } }] },
    inputId: { type: 'AdaptiveCard', body: [{ type: 'Input.Text', id: 'notifier', value: 'forget me now' }] },
    inputIdPress: { type: 'AdaptiveCard', body: [{ type: 'Input.Text', id: 'notifierPress' }] },
    openDialog: { type: 'AdaptiveCard', actions: [{ type: 'Action.OpenUrlDialog', url: 'https://x' }] },
    insert: { type: 'AdaptiveCard', actions: [{ type: 'Action.InsertImage' }] },
    imback: { type: 'AdaptiveCard', actions: [{ type: 'Action.Submit', data: { msteams: { type: 'imBack', value: 'forget me now' } } }] },
    js: { type: 'AdaptiveCard', actions: [{ type: 'Action.OpenUrl', url: 'java\tscript:alert(1)' }] },
    metadata: { type: 'AdaptiveCard', metadata: { webUrl: 'javascript:x' } },
    auth: { type: 'AdaptiveCard', authentication: { connectionName: 'x' } },
    submitAuto: { type: 'AdaptiveCard', actions: [{ type: 'Action.Submit', data: { trigger: 'automatic' } }] },
  })) log(`CARD ${n} ${JSON.stringify(faultsOfCard(card, 'data.card').map(f => f.path + ': ' + f.message.slice(0, 60)))}`);
});
it('judges', () => {
  const show = (n: string, status: number, body: string, retryAfter?: string) => {
    const f = toFailure({ kind: 'answered', status, body, ...(retryAfter ? { retryAfter } : {}) } as never, Date.now());
    log(`JUDGE ${n} ${f === undefined ? JSON.stringify(toSendResult({ kind: 'answered', status, body } as never, 0)).slice(0, 100) : JSON.stringify(f) + ' send=' + JSON.stringify(judge(f)) + ' create=' + JSON.stringify(judgeCreation(f)) + ' change=' + JSON.stringify(judgeChange(f))}`);
  };
  show('401 std', 401, '{"message":"Authorization has been denied for this request."}');
  show('403 svc', 403, '{"error":{"code":"ServiceError","message":"Unknown"}}');
  show('403 html', 403, '<html><body>Forbidden</body></html>');
  show('403 empty', 403, '');
  show('403 Forbidden', 403, '{"error":{"code":"Forbidden","message":"x"}}');
  show('403 disabled lower', 403, '{"error":{"code":"botDisabledByAdmin"}}');
  show('403 decrypt 400', 400, '{"error":{"code":"BadArgument","message":"Failed to decrypt pairwise id"}}');
  show('400 not known act', 400, '{"error":{"code":"BadArgument","message":"29:x is not a known activity id"}}');
  show('400 html', 400, '<h1>Bad Request</h1>');
  show('400 nested', 400, '{"errorCode":209,"message":"{\\"subCode\\":\\"MessageWritesBlocked\\"}"}');
  show('403 209', 403, '{"errorCode":209}');
  show('404 html', 404, '<html>');
  show('404 std', 404, '{"error":{"code":"ConversationNotFound"}}');
  show('410', 410, '');
  show('429 neg', 429, '', '-5'); show('429 big', 429, '', '99999999'); show('429 date', 429, '', 'Fri, 31 Dec 9999 23:59:59 GMT'); show('429 bot disabled', 429, '{"error":{"code":"BotDisabledByAdmin"}}');
  show('413', 413, ''); show('402', 402, ''); show('451', 451, '{"error":{"code":"constructor"}}'); show('403 proto', 403, '{"error":{"code":"__proto__"}}'); show('409', 409, '');
  show('500 disabled', 500, '{"error":{"code":"BotDisabledByAdmin"}}'); show('502 roster', 502, '{"error":{"code":"BotNotInConversationRoster"}}');
  show('200 id number', 200, '{"id":5}'); show('200 id ctrl', 200, '{"id":"a\\u0000b"}'); show('200 []', 200, '[]'); show('204', 204, ''); show('202', 202, '{}'); show('200 html', 200, '<html>login</html>'); show('100', 100, ''); show('304', 304, ''); show('999', 999, '');
  show('401 decrypt', 401, '{"error":{"code":"BadArgument","message":"Failed to decrypt conversation id"}}');
  show('400 array error', 400, '{"error":[{"code":"BadArgument"}]}');
  show('400 error string', 400, '{"error":"BadArgument"}');
  show('403 bom', 403, '\ufeff{"error":{"code":"BotDisabledByAdmin"}}');
  for (const b of ['{"id":""}','{"id":"' + 'x'.repeat(2000) + '"}','{"id":"a:1","serviceUrl":"https://evil.example/"}','{"id":null}']) log(`CREATE ${b.slice(0,40)} ${JSON.stringify(toCreateResult({ kind: 'answered', status: 201, body: b } as never, 0))}`);
});
it('http events', () => {
  for (const [n, h] of Object.entries({ pct: { 'ce-id': 'a%0Ab', 'ce-source': '/s', 'ce-type': 't', 'ce-specversion': '1.0' }, pctnul: { 'ce-id': 'a%00', 'ce-source': '/s', 'ce-type': 't', 'ce-specversion': '1.0' }, bad: { 'ce-id': '%E0%A4%A', 'ce-source': '/s', 'ce-type': 't', 'ce-specversion': '1.0' }, dataOverride: { 'ce-id': 'a', 'ce-source': '/s', 'ce-type': 't', 'ce-specversion': '1.0', 'ce-data': 'zzz', 'ce-data_base64': 'e30=' } })) {
    const r = fromRequest(Object.entries(h), '{"a":1}'); log(`HTTP ${n} ${JSON.stringify(r)} ${r.ok ? JSON.stringify(parseCloudEvent(r.value[0])) : ''}`);
  }
});
it('write', () => fs.writeFileSync('/tmp/misc.txt', out.join('\n')));
