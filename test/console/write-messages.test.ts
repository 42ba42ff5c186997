import { beforeEach, describe, expect, it } from 'vitest';
import { notificationId } from '../../shared/domain/ids.ts';
import { hours } from '../../shared/domain/time.ts';
import { aConversation, anEvent, aTopic } from '../support/builders.ts';
import { aWorld } from '../support/world.ts';
import { ADA, aWriteConsole } from '../support/write-console.ts';

interface Ok {
  readonly status: number;
  readonly body: { readonly [name: string]: unknown };
}

const SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(1)>';

describe('messages of the console', () => {
  let world: ReturnType<typeof aWorld>;
  let ask: ReturnType<typeof aWriteConsole>['ask'];
  let settle: ReturnType<typeof aWriteConsole>['settle'];

  beforeEach(async () => {
    world = aWorld();
    ({ ask, settle } = aWriteConsole(world));
    await world.knows(
      aConversation({
        user: { id: '29:ada', aadObjectId: ADA.objectId, name: 'Ada' },
        conversationId: 'ada',
      }),
      ...['bob', 'cy'].map((name) => aConversation({ user: { id: `29:${name}` }, conversationId: name })),
    );
  });

  const message = (data: object, type = 'notification.requested') => ({ type, data });
  const told = () => world.channel.shown.map(({ conversationId }) => conversationId).sort();

  describe('preview', () => {
    it('shows what people see, and its size against the limit of each channel', async () => {
      const body = message({ to: { everyone: true }, text: SCRIPT });
      const answer = (await ask('POST preview', { body })) as Ok;
      expect(answer.body).toMatchObject({ faults: [], activity: { type: 'message', text: SCRIPT } });
      expect(answer.body.sizes).toContainEqual({
        channel: 'sms',
        bytes: SCRIPT.length,
        limit: 1600,
        fits: true,
      });
      const long = (await ask('POST preview', {
        body: message({ to: { everyone: true }, text: 'x'.repeat(2000) }),
      })) as Ok;
      expect(long.body.sizes).toContainEqual({ channel: 'sms', bytes: 2000, limit: 1600, fits: false });
      expect(long.body.sizes).toContainEqual({ channel: 'telegram', bytes: 2000, limit: 4096, fits: true });
      expect(told()).toEqual([]);
    });

    it('names every fault by its path, and shows what can be shown all the same', async () => {
      const unfinished = (await ask('POST preview', {
        body: message({ text: 'Hi', delivery: { mode: 'now' } }),
      })) as Ok;
      expect(unfinished).toMatchObject({ status: 200, body: { activity: { text: 'Hi' } } });
      const paths = (unfinished.body.faults as { path: string }[]).map(({ path }) => path);
      expect(paths).toEqual(['data.to', 'data.delivery.mode']);
      const nobody = message({ to: [], text: 'Hi @everyone', delivery: { mode: 'now' } });
      const both = (await ask('POST preview', { body: nobody })) as Ok;
      expect((both.body.faults as { path: string }[]).map(({ path }) => path)).toEqual([
        'data.to',
        'data.delivery.mode',
        'data.text',
      ]);
      const misspelt = (await ask('POST preview', {
        body: message({ to: { everyone: true }, text: 'Hi', crad: {} }),
      })) as Ok;
      expect(misspelt.body.faults).toEqual([
        {
          path: 'data.crad',
          message: expect.stringContaining('did you mean card?'),
          rule: 'no-such-field',
        },
      ]);
      const kind = (await ask('POST preview', { body: message({}, 'notification.request') })) as Ok;
      expect(kind.body.faults).toEqual([
        {
          path: 'type',
          message: expect.stringContaining('did you mean notification.requested?'),
          rule: 'unknown-type',
        },
      ]);
      for (const body of [{}, { type: 7, data: [] }, { data: { to: 1 } }])
        expect(await ask('POST preview', { body })).toMatchObject({ status: 200, body: { sizes: [] } });
      expect(await ask('POST preview', { body: { typ: 'x' } })).toMatchObject({ status: 400 });
    });
  });

  describe('dry run', () => {
    const dryRun = async (data: object) =>
      ((await ask('POST dry-run', { body: message({ text: 'Hi', ...data }) })) as Ok).body;

    it('counts people once, without those who are excepted, and addresses nobody', async () => {
      await world.audiences.putAudience({ name: aTopic('all'), changedAt: 0, changedBy: 'Ada' }, [
        '29:bob',
        '29:no',
        '29:cy',
      ]);
      const counted = await dryRun({
        to: [{ audience: 'all' }, { user: '29:bob' }, { user: ADA.objectId }, { audience: 'none' }],
        except: { user: '29:cy' },
      });
      expect(counted).toEqual({
        people: 2,
        byState: {},
        exact: true,
        seconds: 1,
        cost: { usd: 2 * (1.39 / 1_000_000), per: 1.39 / 1_000_000 },
        unknown: [{ user: '29:no' }, { audience: 'none' }],
        faults: [],
        warnings: [],
      });
      expect(await dryRun({ to: { everyone: true }, except: { audience: 'all' } })).toMatchObject({
        people: 1,
      });
      await world.run();
      expect(told()).toEqual([]);
    });

    it('says what would become of it, how long it takes, and that it comes too late', async () => {
      const [bob] = [await world.findPerson({ user: '29:bob' })];
      await world.conversations.suppressConversation(bob?.personal ?? ('' as never), 'blocked');
      expect(await dryRun({ to: [{ user: '29:bob' }, { user: '29:cy' }] })).toMatchObject({
        people: 2,
        byState: { 'suppressed/blocked': 1 },
      });
      await world.knows(
        ...Array.from({ length: 200 }, (_, index) => aConversation({ user: { id: `29:many${index}` } })),
      );
      const expiresAt = new Date(world.clock.now() + 2000).toISOString();
      const late = await dryRun({ to: { everyone: true }, delivery: { expiresAt } });
      expect(late).toMatchObject({
        people: 202,
        seconds: 5,
        tooFar: new Date(world.clock.now() + 5000).toISOString(),
      });
    });

    it('names what clients would not understand of a card, and counts people all the same', async () => {
      const to = { user: '29:bob' };
      const body = [
        { type: 'TextBlok', text: 'Hi' },
        { type: 'TextBlock', text: 'Hi', wieght: 'Bolder' },
      ];
      const card = { type: 'AdaptiveCard', version: '1.5', body };
      const named = {
        faults: [
          { path: 'data.card.body[0].type', message: expect.stringContaining('did you mean TextBlock?') },
        ],
        warnings: [
          { path: 'data.card.body[1].wieght', message: expect.stringContaining('did you mean weight?') },
        ],
      };
      expect(await dryRun({ to, text: undefined, card })).toMatchObject({ people: 1, ...named });
      const shown = (await ask('POST preview', { body: message({ to, card }) })) as Ok;
      expect(shown.body).toMatchObject({ activity: { type: 'message' }, ...named });
    });

    it('gives the faults of what cannot be sent', async () => {
      const answer = await dryRun({ to: { audience: '' } });
      expect(answer.faults).toMatchObject([{ path: 'data.to' }]);
      expect(answer.people).toBeUndefined();
    });
  });

  describe('test', () => {
    it('goes to whoever wrote it, now, and to nobody else', async () => {
      const at = new Date(world.clock.now() + hours(5)).toISOString();
      const body = {
        message: message({
          to: { everyone: true },
          except: { user: ADA.objectId },
          text: 'Hi',
          delivery: { at, key: 'k' },
        }),
      };
      expect(await ask('POST test', { body })).toMatchObject({
        status: 428,
        code: 'idempotency-key-missing',
      });
      expect(await ask('POST test', { body, key: '1' })).toEqual({
        status: 202,
        body: { id: notificationId(`console/${ADA.objectId}`, 'test/1') },
      });
      await settle();
      expect(told()).toEqual(['ada']);
      expect(await ask('POST test', { body: { message: message({ text: 'Ho' }) }, key: '1' })).toMatchObject({
        status: 422,
        code: 'idempotency-key-reused',
      });
      expect(await ask('POST test', { body: { ...body, to: '29:bob' }, key: '2' })).toMatchObject({
        status: 400,
        faults: [{ path: 'to' }],
      });
    });

    it('of a kind that says itself whom it reaches goes to oneself alone, as what it shows', async () => {
      const build = { pipeline: 'web', number: 1482, status: 'failed', url: 'https://builds.example/web' };
      const body = { message: message(build, 'build.finished') };
      expect(await ask('POST test', { body, key: '1' })).toMatchObject({ status: 202 });
      await settle();
      expect(told()).toEqual(['ada']);
      expect(JSON.stringify(world.channel.shown[0])).toContain('1482');
      const bad = { message: message({ ...build, status: 'done', nummer: 1 }, 'build.finished') };
      const refused = await ask('POST test', { body: bad, key: '2' });
      expect(refused).toMatchObject({ status: 400, faults: [{ path: 'data.status' }] });
    });

    it('of a question sends its answer to no service', async () => {
      const survey = { to: { everyone: true }, question: 'Ready?', choices: ['Yes'], replyTo: 'outcomes' };
      const body = { message: message(survey, 'survey.requested') };
      const { body: sent } = (await ask('POST test', { body, key: '1' })) as Ok;
      await settle();
      expect(told()).toEqual(['ada']);
      const stored = await world.notifications.findNotification(sent.id as never);
      const { replyTo: _, ...rest } = survey;
      expect(stored?.data).toEqual({ ...rest, to: { user: ADA.objectId } });
    });

    it('goes to whom one names on the local stack, where nobody is signed in', async () => {
      const local = aWriteConsole(world, { isLocal: true });
      const who = { name: 'you' };
      const bob = (await world.findPerson({ user: '29:bob' }))?.personal;
      const body = { message: message({ text: 'Hi' }) };
      expect(await local.ask('POST test', { body, key: '1', who })).toMatchObject({ status: 400 });
      expect(await local.ask('POST test', { body: { ...body, to: bob }, key: '1', who })).toMatchObject({
        status: 202,
      });
      await local.settle();
      expect(told()).toEqual(['bob']);
    });
  });

  describe('send', () => {
    it('publishes under the source of whoever sends it, once for each key', async () => {
      const body = message({ to: [{ user: '29:bob' }, { user: ADA.objectId }], text: SCRIPT });
      expect(await ask('POST notifications', { body })).toMatchObject({ status: 428 });
      const id = notificationId(`console/${ADA.objectId}`, 'wish-1');
      for (let time = 0; time < 3; time += 1) {
        expect(await ask('POST notifications', { body, key: 'wish-1' })).toEqual({
          status: 202,
          body: { id },
        });
        await settle();
      }
      expect(told()).toEqual(['ada', 'bob']);
      expect((await world.notifications.findNotification(id))?.data.text).toBe(SCRIPT);
      await ask('POST notifications', { body, key: 'wish-1', who: { name: 'Bob', objectId: 'another' } });
      await settle();
      expect(told()).toEqual(['ada', 'ada', 'bob', 'bob']);
    });

    it('refuses another message under a key, and queues nothing of it', async () => {
      const body = message({ to: [{ user: '29:bob' }], text: 'Hi' });
      const sent = await ask('POST notifications', { body, key: 'wish-1' });
      const others = [
        message({ to: [{ user: '29:bob' }], text: 'Ho' }),
        message({ to: [{ user: '29:cy' }], text: 'Hi' }),
        message({ to: [{ user: '29:bob' }], text: 'Hi', delivery: { urgent: true } }),
      ];
      for (const when of ['before it is accepted', 'behind it'] as const) {
        for (const other of others) {
          expect(await ask('POST notifications', { body: other, key: 'wish-1' }), when).toMatchObject({
            status: 422,
            code: 'idempotency-key-reused',
            faults: [{ path: 'Idempotency-Key', message: expect.stringContaining('a key of its own') }],
          });
        }
        const { data, type } = body;
        const same = { data: Object.fromEntries(Object.entries(data).reverse()), type };
        expect(await ask('POST notifications', { body: same, key: 'wish-1' })).toEqual(sent);
        await settle();
      }
      expect(told()).toEqual(['bob']);
      expect(await ask('POST notifications', { body: others[0], key: 'wish-2' })).toMatchObject({
        status: 202,
      });
      const bob = { name: 'Bob', objectId: 'another' };
      const his = await ask('POST notifications', { body: others[1], key: 'wish-1', who: bob });
      expect(his).toMatchObject({ status: 202 });
    });

    it('keeps nothing of what cannot be sent: mended, it goes under the same key', async () => {
      const bad = message({ to: 7 });
      expect(await ask('POST notifications', { body: bad, key: '1' })).toMatchObject({ status: 400 });
      const good = message({ to: { user: '29:bob' }, text: 'Hi' });
      expect(await ask('POST notifications', { body: good, key: '1' })).toMatchObject({ status: 202 });
    });

    it('refuses what a dry run finds a fault with in a card, and sends what clients ignore some of', async () => {
      const to = { user: '29:bob' };
      const card = (block: object) => ({ type: 'AdaptiveCard', version: '1.5', body: [block] });
      const bad = message({ to, card: card({ type: 'TextBlok', text: 'Hi' }) });
      expect(await ask('POST notifications', { body: bad, key: '1' })).toMatchObject({
        ...{ status: 400, code: 'invalid-data' },
        faults: [{ path: 'data.card.body[0].type', rule: 'unknown-part' }],
      });
      expect(world.events.takeAll()).toEqual([]);
      const ignored = message({ to, card: card({ type: 'TextBlock', text: 'Hi', wieght: 'Bolder' }) });
      expect(await ask('POST notifications', { body: ignored, key: '1' })).toMatchObject({ status: 202 });
    });

    it('shows in a test what it would refuse to send to others', async () => {
      const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlok', text: 'Hi' }] };
      const body = { message: message({ to: { everyone: true }, card }) };
      expect(await ask('POST test', { body, key: '1' })).toMatchObject({ status: 202 });
      await settle();
      expect(told()).toEqual(['ada']);
    });

    it('answers what a former release sent as before: it kept no digest', async () => {
      const source = `console/${ADA.objectId}`;
      await world.publish(anEvent({ source, id: 'wish-1', data: { to: { user: '29:bob' }, text: 'Hi' } }));
      await world.run();
      const other = message({ to: { user: '29:cy' }, text: 'Ho' });
      expect(await ask('POST notifications', { body: other, key: 'wish-1' })).toMatchObject({ status: 202 });
      await settle();
      expect(told()).toEqual(['bob']);
    });

    it('keeps the digest a day where the queue took nothing, and as long as the notification else', async () => {
      const lost = aWriteConsole(world);
      const body = message({ to: { user: '29:bob' }, text: 'Hi' });
      await lost.ask('POST notifications', { body, key: 'lost' });
      world.events.takeAll();
      await ask('POST notifications', { body, key: 'told' });
      await settle();
      const due = await world.dueIndex.findOverdue(world.clock.now() + hours(24), 100);
      const old = due.flatMap((entry) => (entry.kind === 'old-notification' ? [entry.notification] : []));
      const source = `console/${ADA.objectId}`;
      expect(old).toEqual(expect.arrayContaining(['lost', 'told'].map((key) => notificationId(source, key))));
    });

    it('tells the reason of what cannot be sent, and queues nothing', async () => {
      expect(await ask('POST notifications', { body: message({ to: 7 }), key: '1' })).toMatchObject({
        status: 400,
        code: 'invalid-data',
      });
      expect(await ask('POST notifications', { body: message({}, 'x'), key: '1' })).toMatchObject({
        code: 'unknown-type',
      });
      expect(await ask('POST notifications', { body: { type: 'x' }, key: '1' })).toMatchObject({
        status: 400,
        faults: [{ path: 'data' }],
      });
      expect(world.events.takeAll()).toEqual([]);
    });

    it('marks what excepts somebody, so that a release that knows no exceptions parks it', async () => {
      const body = message({ to: { everyone: true }, except: { user: '29:bob' }, text: 'Hi' });
      await ask('POST notifications', { body, key: '1' });
      const [taken] = world.events.takeAll();
      expect(taken && 'event' in taken ? taken.event.data.to : undefined).toEqual([
        { everyone: true },
        { except: true },
      ]);
    });
  });
});
