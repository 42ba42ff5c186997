import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromActivity } from '../../../shared/adapters/bot/activity/sighting.ts';
import { comparableId } from '../../../shared/domain/identity/proofs.ts';
import { parseVouching } from '../../../shared/domain/identity/vouching.ts';
import { conversationKey, personKey, tenantKey } from '../../../shared/domain/ids.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { captureConversation } from '../../../shared/use-cases/conversation/capture-conversation.ts';
import { tableStores } from '../../contract/stores.ts';
import { anEvent } from '../../support/builders.ts';
import { aChat } from '../../support/chat.ts';
import { newsOf } from '../../support/reading.ts';
import { freshTables } from '../../support/tables.ts';
import { aWorld, type World } from '../../support/world.ts';

const parsed = parseVouching(undefined, { isLocal: false });
if (!parsed.ok) throw new Error('the default can be read');
const vouching = parsed.value;

const GUID = '5b6f1a10-0000-4000-8000-00000000000a';

interface Actor {
  readonly name: string;
  readonly channelId: string;
  readonly tenantId?: string;
  readonly from: { readonly id: string; readonly aadObjectId?: string };
  readonly vouched: boolean;
}

const teams = (name: string, tenantId: string, id: string, aadObjectId?: string): Actor => ({
  name,
  channelId: 'msteams',
  tenantId,
  from: { id, ...(aadObjectId === undefined ? {} : { aadObjectId }) },
  vouched: true,
});
const elsewhere = (name: string, channelId: string, id: string): Actor => ({
  name,
  channelId,
  from: { id },
  vouched: true,
});

/** Whom their channels vouch for: some have an id in common, of another kind, on another channel or in another tenant. */
const VOUCHED: readonly Actor[] = [
  teams('ada', 'contoso', '29:ada', GUID),
  teams('bob', 'fabrikam', '29:bob', GUID.toUpperCase()),
  teams('cem', 'contoso', '29:cem'),
  elsewhere('dan', 'telegram', '12345'),
  elsewhere('eve', 'line', '12345'),
  elsewhere('fay', 'kik', GUID.toUpperCase()),
];
const IDS = ['29:ada', '29:bob', '29:cem', '12345', GUID, GUID.toUpperCase(), 'nobody'];

const impostor = fc.record({
  channelId: fc.constantFrom('webchat', 'directline', 'emulator', 'smoke-signals'),
  id: fc.constantFrom(...IDS),
  aadObjectId: fc.option(fc.constantFrom(...IDS), { nil: undefined }),
});
const who = fc.oneof(
  { weight: 3, arbitrary: fc.nat(VOUCHED.length - 1).map((index) => VOUCHED[index] ?? teams('x', 'x', 'x')) },
  {
    weight: 2,
    arbitrary: impostor.map(
      ({ channelId, id, aadObjectId }): Actor => ({
        name: `impostor-${channelId}-${id}-${aadObjectId ?? ''}`,
        channelId,
        from: { id, ...(aadObjectId === undefined ? {} : { aadObjectId }) },
        vouched: false,
      }),
    ),
  },
);
const chat = fc.constantFrom(1, 2);
const before = fc.record({ actor: who, chat });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('speak' as const), actor: who, chat }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('tell' as const),
      user: fc.constantFrom(...IDS),
      channel: fc.option(fc.constantFrom('telegram', 'line', 'msteams', 'webchat'), { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('export' as const), actor: who, chat }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), actor: who, chat }) },
);

/** What is true of somebody who is known: their conversations, the last one last, and when they were met since the upgrade. */
interface Known {
  readonly actor: Actor;
  chats: string[];
  readonly first: string;
  metAt: number;
}

const idOf = ({ name }: Actor, number: number) => `${name}/${number}`;

/** As the release before proofs remembers whoever turns to the bot. */
async function metFormerly(world: World, actor: Actor, conversationId: string): Promise<void> {
  const sighting = fromActivity({ ...activityOf(actor, conversationId), type: 'message' } as never);
  if (sighting?.speaker === undefined) throw new Error('somebody speaks');
  const { reference, speaker } = sighting;
  const key = conversationKey(actor.channelId, conversationId);
  // The record, without anything of the person: nobody vouches for them.
  const captured = await captureConversation({ ...world, vouching: { channels: new Set() } })(sighting);
  const conversation = { ...captured.conversation, ...reference, key, tenant: tenantKey(reference) };
  await world.conversations.saveConversation(conversation);
  const known = await world.conversations.findPerson(personKey(speaker.id));
  const user = { ...(known?.user.id === speaker.id ? known.user : {}), ...speaker };
  const { channelId, serviceUrl, bot, tenantId } = reference;
  await world.conversations.savePerson(
    {
      channelId,
      serviceUrl,
      bot,
      user,
      personal: key,
      metAt: 0,
      ...(tenantId === undefined ? {} : { tenantId }),
    },
    [],
  );
}

function activityOf({ name, channelId, tenantId, from }: Actor, conversationId: string) {
  return {
    channelId,
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: { ...from, name },
    recipient: { id: '28:bot', name: 'Notifier' },
    conversation: {
      id: conversationId,
      conversationType: 'personal',
      isGroup: false,
      name: '',
      ...(tenantId === undefined ? {} : { tenantId }),
    },
  };
}

async function play(
  world: World,
  history: readonly { readonly actor: Actor; readonly chat: number }[],
  steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[],
): Promise<void> {
  const says = aChat({ world });
  const people = new Map<string, Known>();
  const meet = (actor: Actor, conversationId: string, at: number) => {
    const known = people.get(actor.name) ?? { actor, chats: [], first: conversationId, metAt: 0 };
    known.chats = [...known.chats.filter((one) => one !== conversationId), conversationId];
    known.metAt = at;
    people.set(actor.name, known);
  };
  for (const { actor, chat: number } of history) {
    world.clock.advance(minutes(1));
    await metFormerly(world, actor, idOf(actor, number));
    meet(actor, idOf(actor, number), 0);
  }

  /** The conversations that may be told: one of them is; none where the list is empty. */
  const meant = (user: string, channel: string | undefined): readonly string[] => {
    const vouched = [...people.values()].filter(
      ({ actor }) => actor.vouched && (channel === undefined || channel === actor.channelId),
    );
    const byObjectId = vouched.filter(
      ({ actor: { channelId, from } }) =>
        channelId === 'msteams' && from.aadObjectId?.toLowerCase() === user.toLowerCase(),
    );
    const byId = vouched.filter(
      ({ actor: { from } }) => comparableId('channel', from.id) === comparableId('channel', user),
    );
    const found = byObjectId.length > 0 ? byObjectId : byId;
    const last = Math.max(...found.map(({ metAt }) => metAt));
    // Of whom only the former release has met nothing says who was met last.
    return found
      .filter(({ metAt }) => metAt === last)
      .flatMap(({ actor: { channelId }, chats, first, metAt }) => {
        if (metAt === 0) return chats;
        // In Teams the first one is the default, and what else there is are sessions of its own.
        return channelId === 'msteams' ? [first] : chats.slice(-1);
      });
  };

  for (const one of steps) {
    world.clock.advance(minutes(1));
    if (one.kind === 'tell') {
      const text = `to ${one.user} ${world.clock.now()}.`;
      const to = { user: one.user, ...(one.channel === undefined ? {} : { channel: one.channel }) };
      const expected = meant(one.user, one.channel);
      await world.publish(anEvent({ data: { to, text } }));
      await world.run(world.clock.now() + seconds(10));
      const told = world.channel.shown.flatMap(({ conversationId, message }) =>
        newsOf(message).startsWith(text) ? [conversationId] : [],
      );
      expect(told).toHaveLength(expected.length === 0 ? 0 : 1);
      for (const conversationId of told) expect(expected).toContain(conversationId);
      continue;
    }
    const { actor } = one;
    const conversationId = idOf(actor, one.chat);
    const fields = activityOf(actor, conversationId) as object;
    const shown = says.replies.length;
    if (one.kind === 'forget') {
      const key = (id: string) => conversationKey(actor.channelId, id);
      await says.says('forget me now', fields);
      await world.run(world.clock.now() + seconds(10));
      const known = people.get(actor.name);
      const gone = actor.vouched ? (known?.chats ?? []) : [conversationId];
      for (const id of gone) expect(await world.conversations.findConversation(key(id))).toBeUndefined();
      if (known !== undefined) known.chats = known.chats.filter((id) => !gone.includes(id));
      if (known?.chats.length === 0) people.delete(actor.name);
    } else {
      await says.says(one.kind === 'export' ? 'export my data' : 'hello there', fields);
      meet(actor, conversationId, world.clock.now());
      if (one.kind === 'export') {
        const said = says.replies.slice(shown).map((reply) => {
          const file = reply.attachments?.[0]?.contentUrl?.split(',')[1] ?? '';
          const [, link = ''] = /#([\w-]+)/.exec(JSON.stringify(reply)) ?? [];
          return `${reply.text}${Buffer.from(file, 'base64')}${Buffer.from(link, 'base64url')}`;
        });
        const own = actor.vouched ? (people.get(actor.name)?.chats ?? []) : [conversationId];
        const found = [...said.join('\n').matchAll(/"conversationId": ?"([^"]*)"/g)].map(([, id]) => id);
        expect(new Set(found)).toEqual(new Set(own));
      }
    }
    for (const { actor: other, chats } of people.values()) {
      for (const id of chats) {
        const { record, belongsTo } = await world.addressees.findAddressee(
          conversationKey(other.channelId, id),
        );
        expect(record ?? belongsTo).toBeDefined();
      }
    }
  }
}

/** Ada's second conversation leads to her first one; Bob has her object id, in another tenant. */
const [ADA, BOB] = [VOUCHED[0], VOUCHED[1]] as [Actor, Actor];
type Played = [{ actor: Actor; chat: number }[], Parameters<typeof play>[2][number][]];
const examples: Played[] = [
  [
    [
      { actor: ADA, chat: 1 },
      { actor: ADA, chat: 2 },
    ],
    [
      { kind: 'speak', actor: ADA, chat: 1 },
      { kind: 'forget', actor: BOB, chat: 1 },
    ],
  ],
];

const play100 = [fc.array(before, { maxLength: 8 }), fc.array(step, { maxLength: 25 })] as const;

it('nobody who merely claims an id is reached, shown or erased in another’s name, and nobody vouched for is lost', async () => {
  await fc.assert(
    fc.asyncProperty(...play100, (history, steps) => play(aWorld({ vouching }), history, steps)),
    { numRuns: 300, examples },
  );
});

it('and so it is with the tables', async () => {
  await fc.assert(
    fc.asyncProperty(...play100, async (history, steps) => {
      const service = await freshTables({ tablePrefix: `t${randomBytes(6).toString('hex')}` });
      const world = aWorld({ vouching, stores: (clock) => tableStores(service, clock) });
      await play({ ...world, ...tableStores(service, world.clock) } as World, history, steps);
    }),
    { numRuns: 4, examples },
  );
});
