import { expect, it } from 'vitest';
import { findPersonZone } from '../../../shared/chat/person-zone.ts';
import { hours, minutes } from '../../../shared/domain/time.ts';
import { hookCommands } from '../../../shared/kinds/hooks/commands/commands.ts';
import { revokeHook } from '../../../shared/kinds/hooks/revoke-hook.ts';
import { aConversation } from '../../support/builders.ts';
import { ADDRESS, aHook } from './a-hook.ts';

/** A hook whose owner says things, and whether its addresses are heard. */
async function aRotatedHook({ locale = 'en' } = {}) {
  const hook = await aHook();
  const { world, hooks, owner } = hook;
  const personZone = findPersonZone({ ...world, defaultTimeZone: 'UTC' });
  const commands = hookCommands({ ...world, hooks, personZone });
  let turns = 0;
  let bodies = 0;
  async function says(command: string, where = owner, argument = 'grafana') {
    turns += 1;
    const at = world.clock.now();
    const speaker = owner.user ?? { id: 'nobody' };
    const turn = { conversation: where, id: `turn ${turns}`, at, text: '', locale, speaker };
    return (await commands.find(({ name }) => name === command)?.run(turn, argument))?.text ?? '';
  }
  const addressIn = (said: string) => /\/api\/hooks\/([\w-]+\.[\w-]+)/.exec(said)?.[1] ?? said;
  return {
    ...hook,
    says,
    rotate: async (where = owner) => addressIn(await says('rotate webhook', where)),
    addressIn,
    after: (span: number) => world.clock.set(world.clock.now() + span),
    heard: async (...addresses: readonly string[]) => {
      const statuses: number[] = [];
      for (const address of addresses) {
        bodies += 1;
        const body = JSON.stringify({ text: `body ${bodies}` });
        statuses.push((await hook.post(body, {}, { address })).status);
      }
      return statuses;
    },
  };
}

it('each address that was replaced works its own day longer, and no longer', async () => {
  const hook = await aRotatedHook();
  const second = await hook.rotate();
  hook.after(hours(1));
  const third = await hook.rotate();
  hook.after(hours(1));
  const fourth = await hook.rotate();
  const all = [ADDRESS, second, third, fourth];
  expect(await hook.heard(...all)).toEqual([200, 200, 200, 200]);
  hook.after(hours(22) - 1);
  expect(await hook.heard(...all)).toEqual([200, 200, 200, 200]);
  hook.after(1);
  expect(await hook.heard(...all)).toEqual([404, 200, 200, 200]);
  hook.after(hours(1));
  expect(await hook.heard(...all)).toEqual([404, 404, 200, 200]);
  hook.after(hours(1));
  expect(await hook.heard(...all)).toEqual([404, 404, 404, 200]);
});

it('a post between two rotations ends no address', async () => {
  const hook = await aRotatedHook();
  const second = await hook.rotate();
  await hook.heard(second, ADDRESS);
  const third = await hook.rotate();
  await hook.heard(third);
  expect(await hook.heard(ADDRESS, second, third)).toEqual([200, 200, 200]);
});

it.each([
  ['en', /given 10 other addresses.*possible from .* \(in 23 hours\).*\*\*delete webhook grafana\*\*/],
  ['de', /10 andere Adressen.*möglich ab .* \(in 23 Stunden\).*\*\*webhook löschen grafana\*\*/],
])(
  'beyond ten within a day another one is refused, with when it is possible, in %s',
  async (locale, words) => {
    const hook = await aRotatedHook({ locale });
    const addresses = [ADDRESS];
    for (let number = 0; number < 10; number += 1) {
      addresses.push(await hook.rotate());
      hook.after(minutes(6));
    }
    expect(await hook.says('rotate webhook')).toMatch(words);
    expect(await hook.heard(...addresses)).toEqual(addresses.map(() => 200));
    hook.after(hours(23));
    const next = await hook.rotate();
    expect(await hook.heard(...addresses, next)).toEqual([404, ...addresses.map(() => 200)]);
  },
);

it('a rotation that meets another one leaves both addresses working', async () => {
  const hook = await aRotatedHook();
  const [second, third] = await Promise.all([hook.rotate(), hook.rotate()]);
  expect(await hook.heard(ADDRESS, second, third)).toEqual([200, 200, 200]);
});

it('what is forgotten, revoked or silent is so by each address that it had', async () => {
  const forgotten = await aRotatedHook();
  const revoked = await aRotatedHook();
  const silent = await aRotatedHook();
  const addresses = new Map<typeof forgotten, readonly string[]>();
  for (const hook of [forgotten, revoked, silent]) {
    addresses.set(hook, [ADDRESS, await hook.rotate(), await hook.rotate()]);
  }
  await forgotten.world.kinds.forgetPersonalData(forgotten.owner);
  await revokeHook(revoked.world, revoked.record.key);
  await silent.world.conversations.suppressConversation(silent.owner.key, 'blocked');
  for (const [hook, own] of addresses) expect(await hook.heard(...own)).toEqual([404, 404, 404]);
});

it('an export tells until when former addresses work, and holds no hash of any', async () => {
  const hook = await aRotatedHook();
  const replacedAt = hook.world.clock.now();
  await hook.rotate();
  await hook.rotate();
  const exported = JSON.stringify(await hook.world.kinds.exportPersonalData(hook.owner.key));
  const until = new Date(replacedAt + hours(24)).toISOString();
  expect(JSON.parse(exported)).toMatchObject({ hooks: [{ formerAddressesUntil: [until, until] }] });
  const [own] = await hook.hooks.of(hook.owner.key);
  const { hash, former, earlier } = own?.value ?? {};
  for (const each of [hash, former?.hash, earlier?.[0]?.hash]) {
    expect(each).toHaveLength(43);
    expect(exported).not.toContain(each);
  }
});

it('reads a row of the former release, and writes one that it reads', async () => {
  const hook = await aRotatedHook();
  const until = hook.world.clock.now() + hours(24);
  const former = { hash: 'f'.repeat(43), until };
  await hook.hooks.put({ ...hook.record, value: { ...hook.record.value, former } });
  await hook.rotate();
  const [own] = await hook.hooks.of(hook.owner.key);
  // That one knows `former` alone: the address that people replaced last works with it, too.
  expect(own?.value).toMatchObject({ former: { hash: hook.record.value.hash, until }, earlier: [former] });
});

it('an address of a place is refused where it is asked for, and where it would be shown', async () => {
  const hook = await aRotatedHook();
  const { world, hooks, owner } = hook;
  const place = aConversation({ conversationType: 'groupChat' });
  await world.knows(place);
  await hooks.remove(owner.key, hook.record.key);
  const shownTo = owner.key;
  const earlier = (count: number) =>
    Array.from({ length: count }, (_none, number) => ({
      hash: `${number}`.repeat(43),
      until: world.clock.now() + hours(20) - number,
    }));
  const put = (count: number) =>
    hooks.put({
      ...{ ...hook.record, conversation: place.key, tenant: place.tenant },
      value: { ...hook.record.value, shownTo, earlier: earlier(count) },
    });
  await put(10);
  expect(await hook.says('rotate webhook', place)).toContain('possible from');
  expect(await hook.says('webhook address', owner, hook.record.key)).toContain('possible from');
  hook.after(hours(20));
  expect(await hook.says('webhook address', owner, hook.record.key)).toContain('/api/hooks/');
  expect(await hook.says('webhook address', owner, hook.record.key)).not.toContain('/api/hooks/');
});
