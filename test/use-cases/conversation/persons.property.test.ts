import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { vouchesForAll } from '../../../shared/domain/identity/vouching.ts';
import { conversationKey } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { tableStores } from '../../contract/stores.ts';
import { anEvent } from '../../support/builders.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { newsOf } from '../../support/reading.ts';
import { freshTables } from '../../support/tables.ts';
import { aWorld, type World } from '../../support/world.ts';

const REAL = { channels: new Set(['msteams', 'telegram']) };
const GONE = { kind: 'failed', code: 'ConversationNotFound', status: 404, surelyNotSent: true } as const;

/** Two people with a chat, two sessions and Copilot in Teams, and a chat elsewhere; their object ids come at times only. */
const people = ['ada', 'bob'] as const;
type Name = (typeof people)[number];
const objectIdOf = (name: Name) => `5b6f1a10-0000-4000-8000-00000000000${people.indexOf(name) + 1}`;
const places = ['default', 'session-1', 'session-2', 'copilot', 'elsewhere'] as const;
type Place = (typeof places)[number];
/** What they say; some of it more often, or there would be nothing to lose. */
const texts = [
  'hello',
  'notify me here',
  'subscribe',
  'subscribe',
  'subscribe',
  'unsubscribe',
  'mute',
  'unmute',
] as const;
const topics = ['builds', 'canteen'] as const;

const who = {
  name: fc.constantFrom(...people),
  place: fc.constantFrom(...places, 'elsewhere' as const, 'elsewhere' as const),
  knows: fc.constantFrom('nothing', 'object id', 'capitals'),
};
const topic = fc.constantFrom(...topics);
const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      ...who,
      kind: fc.constant('says' as const),
      topic,
      text: fc.constantFrom(...texts),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ ...who, kind: fc.constant('installs' as const), isAdded: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ ...who, kind: fc.constant('is replaced' as const), isSession: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ ...who, kind: fc.constant('is claimed to be' as const), topic }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('all are told' as const),
      topic: fc.option(topic, { nil: undefined }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...who,
      kind: fc.constant('is told' as const),
      by: fc.constantFrom('user', 'conversation', 'both', 'name'),
    }),
  },
  // Rosters are asked: of whom they were not yet, one mail for both at times.
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('rosters are asked' as const), isShared: fc.boolean() }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
type Who = Pick<Extract<Step, { readonly kind: 'says' }>, 'name' | 'place' | 'knows'>;

const channelOf = (place: Place) => (place === 'elsewhere' ? 'telegram' : 'msteams');
const chatOf = ({ name, place }: Pick<Who, 'name' | 'place'>) => `${name}/${place}`;
/** The id by which they go on the channel. */
const idOf = ({ name, place }: Pick<Who, 'name' | 'place'>) => `${channelOf(place)}-${name}`;

/** Somebody as far as they are known to be one: by each id, what they want. */
interface Self {
  readonly ids: Set<string>;
  readonly chats: Set<string>;
  readonly topics: Set<string>;
  readonly muted: Set<string>;
  /** They removed the bot somewhere since they last spoke: whether they are told is the channels' matter. */
  isAway: boolean;
}

/** Who is who, and what each of them wants: what a reader of the contract would write on paper. */
class Model {
  readonly #byId = new Map<string, Self>();
  readonly #isEntraOn: (channelId: string) => boolean;

  constructor(isEntraOn: (channelId: string) => boolean) {
    this.#isEntraOn = isEntraOn;
  }

  meets(one: Who): Self {
    const id = idOf(one);
    const isKnown = one.knows !== 'nothing' && this.#isEntraOn(channelOf(one.place));
    const known = [id, ...(isKnown ? [objectIdOf(one.name)] : [])];
    const selves = new Set([...known, chatOf(one)].flatMap((each) => this.#byId.get(each) ?? []));
    const self: Self = {
      ids: new Set(),
      chats: new Set(),
      topics: new Set(),
      muted: new Set(),
      isAway: false,
    };
    for (const other of selves) {
      for (const field of ['ids', 'chats', 'topics', 'muted'] as const)
        for (const each of other[field]) self[field].add(each);
    }
    for (const each of known) self.ids.add(each);
    self.chats.add(chatOf(one));
    for (const each of [...self.ids, ...self.chats]) this.#byId.set(each, self);
    return self;
  }

  of(id: string): Self | undefined {
    return this.#byId.get(id);
  }

  get all(): readonly Self[] {
    return [...new Set(this.#byId.values())];
  }
}

async function play(world: World, steps: readonly Step[], model: Model, isLocal: boolean): Promise<void> {
  const { answer } = await everyCommand(world);
  const talk = aChat({ world, more: { answer } });
  const fieldsOf = (one: Who, more: object = {}) => ({
    channelId: channelOf(one.place),
    conversation: {
      id: chatOf(one),
      conversationType: 'personal',
      isGroup: false,
      name: '',
      tenantId: 'contoso',
    },
    from: {
      id: idOf(one),
      name: one.name,
      ...(one.knows === 'nothing'
        ? {}
        : {
            aadObjectId: one.knows === 'capitals' ? objectIdOf(one.name).toUpperCase() : objectIdOf(one.name),
          }),
    },
    ...(one.place === 'copilot' ? { entities: [{ type: 'ProductInfo', id: 'COPILOT' }] } : {}),
    ...more,
  });
  /** Whose the conversation is in which something was shown. */
  const ownerOf = (conversationId: string) => {
    const opened = /^(?:personal|session-\d+)-with-(.*)$/.exec(conversationId)?.[1];
    // Object ids are the same in capitals.
    return model.of(opened?.toLowerCase() ?? conversationId);
  };
  let count = 0;
  const tell = async (to: unknown) => {
    count += 1;
    const text = `news ${count}.`;
    await world.publish(anEvent({ data: { to, text } }));
    await world.run(world.clock.now() + minutes(3));
    world.clock.advance(minutes(3));
    const shown = world.channel.shown.filter(({ message }) => newsOf(message).startsWith(text));
    return shown.map(({ conversationId }) => conversationId);
  };
  /** Of whom a roster told, and nobody has to be asked again in the time of a story. */
  const named = new Set<string>();
  const strangers = new Map<string, Set<string>>();

  for (const one of steps) {
    world.clock.advance(minutes(1));
    switch (one.kind) {
      case 'says': {
        const self = model.meets(one);
        self.isAway = false;
        const isWish = one.text !== 'hello' && one.text !== 'notify me here';
        await talk.says(isWish ? `${one.text} ${one.topic}` : one.text, fieldsOf(one));
        if (one.text === 'subscribe') self.topics.add(one.topic);
        if (one.text === 'unsubscribe') self.topics.delete(one.topic);
        if (one.text === 'mute') self.muted.add(one.topic);
        if (one.text === 'unmute') self.muted.delete(one.topic);
        break;
      }
      case 'installs': {
        const self = model.meets(one);
        self.isAway = !one.isAdded;
        const action = one.isAdded ? 'add' : 'remove';
        await talk.says('', fieldsOf(one, { type: 'installationUpdate', action }));
        break;
      }
      case 'is replaced':
        world.channel.next(chatOf(one), { result: GONE });
        // Then the notification itself begins the one in its place.
        world.channel.insistsOnActivity = one.isSession;
        break;
      case 'is claimed to be': {
        if (isLocal) break;
        // Whoever writes there chooses what they are called; their conversation is all that is theirs.
        const id = `web/${chatOf(one)}`;
        const claim = { ...fieldsOf(one), channelId: 'webchat' };
        await talk.says(`subscribe ${one.topic}`, {
          ...claim,
          conversation: { ...claim.conversation, id },
        });
        strangers.set(id, (strangers.get(id) ?? new Set()).add(one.topic));
        break;
      }
      case 'all are told': {
        const told = await tell(one.topic === undefined ? { everyone: true } : { topic: one.topic });
        const { topic: wanted } = one;
        for (const [id, wishes] of strangers) {
          const isTold = wanted === undefined || wishes.has(wanted);
          expect(told.filter((each) => each === id)).toHaveLength(isTold ? 1 : 0);
        }
        const owners = told.filter((each) => !strangers.has(each)).map(ownerOf);
        expect(new Set(owners).size).toBe(owners.length);
        for (const self of model.all) {
          // What is about no topic nothing but a mute of everything keeps away.
          const wants = wanted === undefined || self.topics.has(wanted);
          const isTold = owners.includes(self);
          if (!wants || (wanted !== undefined && self.muted.has(wanted))) expect(isTold).toBe(false);
          else if (!self.isAway) expect(isTold).toBe(true);
        }
        break;
      }
      case 'rosters are asked': {
        for (const name of people) {
          const mail = one.isShared ? 'team@contoso.com' : `${name}@contoso.com`;
          world.rosters.has({ id: `msteams-${name}`, mail, userPrincipalName: `${name}@upn.example` });
        }
        world.clock.advance(minutes(1));
        await world.askRosters();
        for (const { id } of world.rosters.asked) {
          const name = people.find((one) => id === `msteams-${one}`);
          if (name !== undefined) named.add(name);
        }
        break;
      }
      case 'is told': {
        if (one.by === 'name') {
          const told = await tell({ user: `${one.name}@upn.example` });
          const owner = model.of(`msteams-${one.name}`);
          // Nobody else ever; and once at most, however many ids and chats the name leads through.
          expect(told.length).toBeLessThanOrEqual(1);
          for (const each of told) expect(ownerOf(each)).toBe(owner);
          if (owner === undefined) expect(told).toEqual([]);
          else if (named.has(one.name) && !owner.isAway) expect(told).toHaveLength(1);
          const shared = await tell({ user: 'team@contoso.com' });
          expect(shared.length).toBeLessThanOrEqual(1);
          break;
        }
        const self = model.of(one.by === 'user' ? idOf(one) : chatOf(one));
        const user = { user: idOf(one) };
        const conversation = { conversation: conversationKey(channelOf(one.place), chatOf(one)) };
        const isMet = model.of(chatOf(one)) !== undefined;
        const told = await tell(
          one.by === 'user' ? user : one.by === 'both' ? [user, conversation] : conversation,
        );
        const owner = self ?? (one.by === 'both' ? model.of(idOf(one)) : undefined);
        if (owner === undefined) expect(told).toEqual([]);
        else if (owner.isAway) expect(told.length).toBeLessThanOrEqual(1);
        else expect(told.map(ownerOf)).toEqual([owner]);
        if (isMet && one.by !== 'user') for (const each of told) expect(ownerOf(each)).toBe(owner);
        break;
      }
    }
  }
}

const history = fc.array(step, { minLength: 10, maxLength: 40, size: 'max' });
const stories = (makeWorld: (isLocal: boolean) => Promise<World>) =>
  fc.asyncProperty(history, fc.boolean(), async (steps, isLocal) => {
    const isEntraOn = (channelId: string) => isLocal || channelId === 'msteams';
    await play(await makeWorld(isLocal), steps, new Model(isEntraOn), isLocal);
  });
const vouchingOf = (isLocal: boolean) => (isLocal ? vouchesForAll : REAL);

const ada = { name: 'ada', topic: 'builds' } as const;
const says = { ...ada, kind: 'says', text: 'hello' } as const;
/** What chance has found: names were told of rows of one person that knew different ids. */
const found: Step[] = [
  { ...says, place: 'copilot', knows: 'object id' },
  { ...says, place: 'session-1', knows: 'nothing' },
  { ...ada, kind: 'is replaced', place: 'session-1', knows: 'nothing', isSession: false },
  { kind: 'rosters are asked', isShared: false },
  { ...ada, kind: 'is told', by: 'user', place: 'default', knows: 'nothing' },
  { ...says, place: 'default', knows: 'nothing' },
  { ...says, place: 'default', knows: 'nothing' },
  { kind: 'rosters are asked', isShared: false },
  { kind: 'all are told', topic: undefined },
  { ...says, place: 'default', knows: 'nothing' },
  { ...ada, kind: 'is told', by: 'name', place: 'default', knows: 'nothing' },
];

it('nobody is told twice, nobody hears what another asked for, and no wish is lost', async () => {
  const world = async (isLocal: boolean) => aWorld({ vouching: vouchingOf(isLocal) });
  await fc.assert(stories(world), { numRuns: 400, examples: [[found, false]] });
}, 600_000);

it('and so it is with the tables', async () => {
  const world = async (isLocal: boolean) => {
    const service = await freshTables({ tablePrefix: `t${randomBytes(6).toString('hex')}` });
    const made = aWorld({ vouching: vouchingOf(isLocal), stores: (clock) => tableStores(service, clock) });
    return { ...made, ...tableStores(service, made.clock) } as World;
  };
  await fc.assert(stories(world), { numRuns: 4 });
});
