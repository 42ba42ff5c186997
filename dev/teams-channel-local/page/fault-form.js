import { ask, element, toast } from './dom.js';

/** What a fault of each kind does to the bot's request, as the form says it, and which fields it takes. */
const KINDS = new Map([
  ['429', { label: '429 Throttled', fields: ['retryAfterSeconds'] }],
  ['412', { label: '412 Precondition failed', fields: [] }],
  ['403', { label: '403 Forbidden', fields: ['code'] }],
  ['404', { label: '404 Conversation not found', fields: [] }],
  ['413', { label: '413 Message too large', fields: [] }],
  ['401', { label: '401 Unauthorized', fields: ['code401'] }],
  ['500', { label: '500 Service error', fields: ['shown'] }],
  ['502', { label: '502 Bad gateway', fields: ['shown'] }],
  ['503', { label: '503 Unavailable', fields: ['shown'] }],
  ['504', { label: '504 Gateway timeout', fields: ['shown'] }],
  ['reset', { label: 'Reset before reading', fields: [] }],
  ['reset-after', { label: 'Reset after showing', fields: [] }],
  ['hang', { label: 'Never answer', fields: ['shown'] }],
  ['slow', { label: 'Answer slowly', fields: ['delayMs'] }],
  ['garbage', { label: '200 with garbage', fields: [] }],
  ['huge-id', { label: '200 with a huge id', fields: [] }],
  ['trickle', { label: '200 that never ends', fields: [] }],
  ['redirect', { label: 'Redirect elsewhere', fields: [] }],
  ['resend', { label: 'Deliver my message twice', fields: [] }],
]);

const QUICK = ['429', '412', '401', '403', '502', 'reset', 'slow'];

const CODES = [
  'ConversationBlockedByUser',
  'MessageWritesBlocked',
  'BotDisabledByAdmin',
  'BotNotInConversationRoster',
  'ServiceError',
  'BadArgument',
  'InvalidBotApiHost',
  'NotEnoughPermissions',
];

const CODES_401 = ['AuthorizationDenied', 'BotNotRegistered'];

export function labelOf(kind) {
  return KINDS.get(kind)?.label ?? kind;
}

/** The form that puts faults in force. `roomKey` gives the conversation one is in. */
export function faultForm(roomKey) {
  const kind = select(
    'Fault',
    [...KINDS].map(([value, { label }]) => [value, label]),
  );
  const scope = select('Where', [
    ['here', 'This chat'],
    ['all', 'All chats'],
  ]);
  const count = select('How often', [
    ['1', 'Once'],
    ['3', '3 times'],
    ['', 'Until removed'],
  ]);
  const on = select('Requests', [
    ['send', 'Sends and changes'],
    ['update', 'Changes'],
    ['delete', 'Deletions'],
    ['create', 'Creations'],
    ['members', 'Member lists'],
  ]);
  const extras = {
    retryAfterSeconds: number('Retry-After, seconds', { value: '5', min: '0', placeholder: 'none' }),
    delayMs: number('Delay, ms', { value: '3000', min: '0' }),
    code: select(
      'Error code',
      CODES.map((code) => [code, code]),
    ),
    code401: select(
      'Error code',
      CODES_401.map((code) => [code, code]),
    ),
    shown: select('The person', [
      ['', 'does not see it'],
      ['true', 'sees it nevertheless'],
    ]),
  };
  const drawExtras = () => {
    for (const [name, field] of Object.entries(extras)) {
      field.hidden = !KINDS.get(chosenIn(kind)).fields.includes(name);
    }
  };
  kind.addEventListener('change', drawExtras);
  drawExtras();

  const add = (chosen) => {
    const fields = KINDS.get(chosen).fields;
    const value = (name) => (fields.includes(name) ? chosenIn(extras[name]) : '');
    const fault = {
      kind: chosen,
      on: chosenIn(on),
      ...(chosenIn(scope) === 'here' ? { conversation: roomKey() } : {}),
      ...(chosenIn(count) === '' ? {} : { count: Number(chosenIn(count)) }),
      ...(value('retryAfterSeconds') === '' ? {} : { retryAfterSeconds: Number(value('retryAfterSeconds')) }),
      ...(value('delayMs') === '' ? {} : { delayMs: Number(value('delayMs')) }),
      ...(value('code') === '' ? {} : { code: value('code') }),
      ...(value('code401') === '' ? {} : { code: value('code401') }),
      ...(value('shown') === '' ? {} : { shown: true }),
    };
    ask('POST', '/faults', fault).catch((error) => toast(error.message));
  };
  const quick = element(
    'div',
    { class: 'quick', role: 'group', 'aria-label': 'Frequent faults' },
    QUICK.map((one) =>
      element('button', { type: 'button', class: 'chip', title: labelOf(one), onclick: () => add(one) }, one),
    ),
  );
  return element(
    'form',
    {
      class: 'fault-form',
      onsubmit: (event) => {
        event.preventDefault();
        add(chosenIn(kind));
      },
    },
    quick,
    element('div', { class: 'fields' }, kind, scope, count, on, Object.values(extras)),
    element('button', { class: 'fault-submit', type: 'submit' }, 'Add fault'),
  );
}

function select(label, options) {
  const input = element(
    'select',
    {},
    options.map(([value, text]) => element('option', { value }, text)),
  );
  return element('label', { class: 'field' }, element('span', {}, label), input);
}

function number(label, properties) {
  const input = element('input', { type: 'number', inputmode: 'numeric', ...properties });
  return element('label', { class: 'field' }, element('span', {}, label), input);
}

function chosenIn(field) {
  return field.querySelector('select, input').value;
}
