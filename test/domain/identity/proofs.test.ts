import { describe, expect, it } from 'vitest';
import type { ChannelAccount } from '../../../shared/domain/conversation/conversation.ts';
import {
  bareNamesOf,
  believedAccount,
  isNameOf,
  isSamePerson,
  namesOf,
  proofNamedBy,
  proofsOf,
} from '../../../shared/domain/identity/proofs.ts';
import {
  parseVouching,
  VOUCHABLE_CHANNELS,
  type Vouching,
  vouchesForAll,
} from '../../../shared/domain/identity/vouching.ts';
import { personKey, tenantKey } from '../../../shared/domain/ids.ts';

const parsed = parseVouching('', { isLocal: false });
if (!parsed.ok) throw new Error('the default can be read');
const byDefault = parsed.value;
const withoutTeams: Vouching = { channels: new Set(['slack']) };

const GUID = '5B6F1A10-0000-4000-8000-00000000000A';
const guid = GUID.toLowerCase();

function on(channelId: string, tenantId?: string) {
  return { channelId, tenant: tenantKey({ channelId, tenantId }) };
}

const idsOf = (account: ChannelAccount, where: ReturnType<typeof on>, vouching: Vouching) =>
  proofsOf(account, where, vouching).map(({ kind, id }) => `${kind}:${id}`);

describe('what is believed of who somebody says they are', () => {
  it.each([
    [
      'Teams',
      { id: '29:Ada', aadObjectId: GUID },
      on('msteams', 'contoso'),
      byDefault,
      [`entra:${guid}`, 'channel:29:Ada'],
    ],
    [
      'Teams without a tenant',
      { id: '29:Ada', aadObjectId: GUID },
      on('msteams'),
      byDefault,
      [`entra:${guid}`, 'channel:29:Ada'],
    ],
    ['Teams without an object id', { id: '29:Ada' }, on('msteams', 'contoso'), byDefault, ['channel:29:Ada']],
    [
      'Teams where it is not vouched',
      { id: '29:Ada', aadObjectId: GUID },
      on('msteams', 'contoso'),
      withoutTeams,
      [],
    ],
    [
      'Slack with a claimed object id',
      { id: 'U1:T1', aadObjectId: GUID },
      on('slack'),
      byDefault,
      ['channel:U1:T1'],
    ],
    ['Telegram', { id: '12345' }, on('telegram'), byDefault, ['channel:12345']],
    ['a channel whose ids are GUIDs', { id: GUID }, on('kik'), byDefault, [`channel:${guid}`]],
    ['Web Chat', { id: '29:Ada', aadObjectId: GUID }, on('webchat'), byDefault, []],
    [
      'Web Chat with a claimed tenant',
      { id: GUID, aadObjectId: GUID },
      on('webchat', 'contoso'),
      byDefault,
      [],
    ],
    ['Direct Line', { id: GUID }, on('directline'), byDefault, []],
    ['Direct Line Speech', { id: GUID }, on('directlinespeech'), byDefault, []],
    ['the Emulator', { id: GUID }, on('emulator'), byDefault, []],
    ['an unknown channel', { id: GUID }, on('smoke-signals'), byDefault, []],
    ['a channel that is nearly Teams', { id: GUID }, on('MSTeams'), byDefault, []],
    [
      'Web Chat on the local stack',
      { id: 'dl_dora', aadObjectId: GUID },
      on('webchat'),
      vouchesForAll,
      [`entra:${guid}`, 'channel:dl_dora'],
    ],
  ] as const)('on %s', (_name, account, where, vouching, expected) => {
    expect(idsOf(account, where, vouching)).toEqual(expected);
  });

  it.each([...VOUCHABLE_CHANNELS])('on %s is the id, by default', (channelId) => {
    expect(idsOf({ id: 'x', aadObjectId: GUID }, on(channelId), byDefault)).toContain('channel:x');
    expect(idsOf({ id: 'x', aadObjectId: GUID }, on(channelId), byDefault).length).toBe(
      channelId === 'msteams' ? 2 : 1,
    );
  });

  it('leaves of an account what is believed, with the name', () => {
    const ada = { id: 'x', name: 'Ada', aadObjectId: GUID };
    expect(believedAccount(ada, on('msteams'), byDefault)).toEqual(ada);
    expect(believedAccount(ada, on('slack'), byDefault)).toEqual({ id: 'x', name: 'Ada' });
    expect(believedAccount(ada, on('webchat'), byDefault)).toBeUndefined();
    expect(believedAccount(undefined, on('msteams'), byDefault)).toBeUndefined();
  });
});

describe('two sightings', () => {
  const teams = (id: string, aadObjectId?: string, tenantId = 'contoso') =>
    proofsOf(
      { id, ...(aadObjectId === undefined ? {} : { aadObjectId }) },
      on('msteams', tenantId),
      byDefault,
    );
  const other = (channelId: string, id: string) => proofsOf({ id }, on(channelId), byDefault);

  it.each([
    ['the same object id in capitals', teams('29:a', guid), teams('29:b', GUID), true],
    ['the same object id in another tenant', teams('29:a', guid), teams('29:b', guid, 'fabrikam'), false],
    ['the same channel id with and without an object id', teams('29:a', guid), teams('29:a'), true],
    ['the same channel id in capitals', teams('29:a'), teams('29:A'), false],
    ['the same id on another channel', other('telegram', '12345'), other('line', '12345'), false],
    ['an object id and an equal channel id', teams('29:a', guid), other('telegram', guid), false],
    ['nobody and nobody', [], [], false],
  ])('by %s', (_name, one, two, isSame) => {
    expect(isSamePerson(one, two)).toBe(isSame);
  });
});

describe('an id that an event names', () => {
  const proofs = proofsOf({ id: '29:Ada', aadObjectId: guid }, on('msteams', 'contoso'), byDefault);
  const kindOf = (user: string, channel?: string) =>
    proofNamedBy({ user, ...(channel === undefined ? {} : { channel }) }, 'msteams', proofs)?.kind;

  it('means whoever has it, on the channel that it names', () => {
    expect(kindOf(GUID)).toBe('entra');
    expect(kindOf('29:Ada')).toBe('channel');
    expect(kindOf('29:ada')).toBeUndefined();
    expect(kindOf(guid, 'msteams')).toBe('entra');
    expect(kindOf(guid, 'telegram')).toBeUndefined();
  });
});

describe('the names under which something may be stored', () => {
  it('are the bare ids, as written and as compared, then the proofs; none where nobody vouches', () => {
    const ada = { id: '29:Ada', aadObjectId: GUID };
    const names = namesOf(ada, on('msteams', 'contoso'), byDefault);
    expect(names.slice(0, 3)).toEqual(['29:Ada', GUID, guid].map(personKey));
    expect(names.slice(3)).toEqual(
      proofsOf(ada, on('msteams', 'contoso'), byDefault).map(({ person }) => person),
    );
    expect(names).toHaveLength(5);
    expect(namesOf(ada, on('webchat'), byDefault)).toEqual([]);
    expect(bareNamesOf(undefined)).toEqual([]);
  });

  it('are recognised in a text, a GUID in any case', () => {
    const names = bareNamesOf({ id: '29:Ada', aadObjectId: guid });
    expect([GUID, guid, '29:Ada', '29:ada', ''].map((text) => isNameOf(text, names))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
