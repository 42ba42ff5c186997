import { queueNames } from '../../shared/manifest.ts';
import { folk, type Name } from './folk.ts';
import type { Somebody } from './somebody.ts';
import type { Stage } from './stage.ts';

/** The story takes so long: from when the stack serves to the moment at which the app is stopped in its work. */
export const STORY_MS = 115_000;

/** Who is addressed by the walk that is half way when the app is stopped. */
export const WALKERS = {
  prefix: 'walker',
  count: 30,
  tenantId: '9b1de2c4-33f0-4a57-8e61-5c7d0f2a4e98',
} as const;

/**
 * Brings everybody into what they are in the middle of when the app is stopped at `stopsAt`: first what lasts, then what
 * lasts for seconds only.
 */
export async function tell(stage: Stage, stopsAt: number): Promise<void> {
  const exhausted = failForGood(stage);
  await meetEverybody(stage);
  await askFor(stage);
  await parkSomething(stage);
  await remind(stage, stopsAt);
  await talk(stage);
  await exhausted;
  await crowdTopic(stage);
  await letTheBurstEnd(stage, stopsAt);
  await lastSeconds(stage, stopsAt);
}

/** zoe: refused for now so often that the app gave up. */
async function failForGood(stage: Stage): Promise<void> {
  await stage.voice('zoe').talks('hello', 'good to meet you');
  await stage.channel.fault({
    kind: '429',
    retryAfterSeconds: 1,
    count: 12,
    conversation: folk.zoe.conversation.id,
  });
  await stage.reports(await stage.note('zoe-exhausted', 'zoe'), '"exhausted"');
}

/** Zoe was here before; the other two come last, so that what they say about who they are stands. */
const COMES_APART: readonly Name[] = ['zoe', 'mallory', 'trudy'];

async function meetEverybody(stage: Stage): Promise<void> {
  // Gus is met where the bot is installed by somebody else, and nowhere else.
  await stage.voice('rexInGroup').installs();
  for (const name of Object.keys(folk) as Name[]) {
    if (!COMES_APART.includes(name)) await stage.voice(name).says('hello');
  }
}

/** What people want to be told: topics, prices; and when not. */
async function askFor(stage: Stage): Promise<void> {
  const subscribers = ['dee', 'eli', 'sue', 'tom', 'uma', 'vic', 'yan', 'rexInGroup', 'rexInTeam'] as const;
  for (const name of subscribers) await stage.voice(name).says('subscribe builds');
  await stage.voice('vic').says('subscribe news');
  await stage.voice('vic').says('unsubscribe news');
  await stage.voice('eli').talks('mute builds for 2 hours', 'builds');
  await stage.voice('wes').talks('mute for 3 hours', 'I keep everything from you');
  await stage.voice('tom').talks('timezone Tokyo', 'Tokyo');
  for (const name of ['dee', 'nia', 'noa'] as const) {
    await stage.voice(name).talks('quiet hours 06:00-05:00', 'quiet hours');
  }

  const hotel = { hotelId: 'vegas-grand', hotelName: 'Vegas Grand', city: 'Las Vegas', currency: 'USD' };
  const price = (name: string, amount: number) =>
    stage.publish(name, `Vegas Grand, Las Vegas: $${amount}, was`, {
      type: 'hotel.price.changed',
      data: { ...hotel, price: amount },
    });
  await stage.reports(await price('price-first', 200), '"complete":true');
  await stage.voice('pat').talks('watch vegas grand', 'I watch');
  await stage.voice('quin').talks('watch vegas grand below 120', 'I watch');
  await stage.voice('tom').talks('watch vegas grand drop 50%', 'I watch');
  await stage.reports(await price('price-fall', 150), '"complete":true');
  await stage.voice('pat').hears('$150');
  await stage.voice('quin').talks('snooze watch vegas grand for 1 day', 'Vegas Grand');
}

/** What only an operator can go on with, and who is not written to. */
async function parkSomething(stage: Stage): Promise<void> {
  await stage.publish('event-unknown', '', { type: 'nobody.knows.this', data: {} });
  await stage.publish('event-invalid', '', { data: { to: { everyone: true }, text: 7 } });
  await stage.note('nobody-there', { user: '29:recorded_nobody' });
  await stage.send(queueNames.deliveries, { body: { call: { notification: 'no id' } } });
  await stage.fails('lea', { kind: '502', shown: true });
  await stage.reports(await stage.note('lea-unconfirmed', 'lea', { onUnconfirmed: 'park' }), '"unconfirmed"');
  await stage.fails('ola', { kind: '403', code: 'MessageWritesBlocked' });
  await stage.reports(await stage.note('ola-blocked', 'ola'), '"blocked"');
  // Told in the conversation that the channel makes for him.
  await stage.reports(await stage.note('gus-moved', { user: folk.gus.user.id }), '"complete":true');
}

/** Reminders: once, repeating, snoozed, done, cancelled, asked for in a group and in German, far and near. */
async function remind(stage: Stage, stopsAt: number): Promise<void> {
  const at = (seconds: number) => `in ${Math.round((stopsAt - stage.now()) / 1000) + seconds} seconds`;
  const rex = stage.voice('rex');
  const set = async (what: string) => rex.talks(`remind me to ${what}`, 'Reminder **');
  await set(`rex-snoozed in 1 second`);
  await rex.hears('Reminder: rex-snoozed');
  await rex.talks(`snooze 1 ${at(25)}`, 'Snoozed until');
  await set('rex-done in 1 second');
  await rex.hears('Reminder: rex-done');
  await rex.talks('done 2', 'Done: rex-done');
  await set('rex-cancelled tomorrow at 9');
  await rex.talks('cancel reminder 3', 'cancelled');
  await set(`rex-once ${at(20)}`);
  await set(`rex-hourly every hour starting ${at(30)}`);
  // Behind the next minute: no tick has announced it when the app stops.
  await set(`rex-later ${at(68)}`);
  await set('rex-standup every monday at 9');
  await set('rex-next tomorrow at 18:00');
  await stage.voice('rexInGroup').talks(`remind me to group-once ${at(35)}`, 'Reminder **');
  await stage.voice('yan').says('remind me to yan-daily every day at 8:15');
  await stage.voice('sue').talks(`remind me to sue-once ${at(22)}`, 'Reminder **');
}

/** Dialogs half way, questions open and answered, an interruption, somebody who was forgotten. */
async function talk(stage: Stage): Promise<void> {
  for (const name of ['ada', 'cem', 'dan'] as const) {
    const voice = stage.voice(name);
    await voice.talks('book travel', 'Where do you want to go?');
    await voice.talks('London', 'When do you leave for London?');
  }
  await stage.reports(await stage.note('ada-waits-resend', 'ada', { onUnconfirmed: 'resend' }), '"waiting"');
  await stage.reports(await stage.note('ada-waits-park', 'ada', { onUnconfirmed: 'park' }), '"waiting"');
  await stage.note('cem-interrupted', 'cem', { mode: 'interrupt' });
  await stage.voice('cem').hears('Note cem-interrupted');
  await stage.note('dan-replaced', 'dan', { mode: 'replace' });
  await stage.voice('dan').hears('Note dan-replaced');
  await stage.survey('bob-asked', 'bob');
  await stage.voice('bob').hears('Question bob-asked');
  await stage.survey('sue-asked', 'sue');
  await stage.voice('sue').hears('Question sue-asked');
  await stage.survey('xia-answered', 'xia');
  await stage.voice('xia').hears('Question xia-answered');
  await stage.voice('xia').talks('Fine', 'noted');
  const asked = await stage.survey('group-asked', 'rexInGroup');
  await stage.voice('rexInGroup').hears('Question group-asked');
  await stage.voice('gus').says(`answer ${asked} 1`);

  await stage.publish('build-1', 'web #1', {
    type: 'build.finished',
    data: { pipeline: 'web', number: 1, status: 'failed' },
  });
  const snoozed = await stage.note('uma-snoozed', 'uma');
  await stage.voice('uma').hears('Note uma-snoozed');
  await stage.voice('uma').talks(`snooze notification ${snoozed} for 75 seconds`, 'once more');
  await stage.reports(await stage.note('dee-quiet', 'dee'), '"quiet-hours"');
  const forgotten = await stage.note('nia-forgotten', 'nia');
  await stage.reports(forgotten, '"quiet-hours"');
  await stage.reports(await stage.note('noa-forgotten', 'noa'), '"quiet-hours"');
  await stage.voice('nia').talks('forget me', 'forget');
  await stage.voice('nia').talks('forget me now', 'I forget you now');
  await stage.reports(forgotten, '"forgotten"');
  for (const name of ['mallory', 'trudy'] as const)
    await stage.voice(name).talks('hello', 'good to meet you');
}

/** The audience of the walk: people of another tenant who subscribed to news. */
async function crowdTopic(stage: Stage): Promise<void> {
  for (const { user, conversation, channelId } of await stage.channel.crowd(WALKERS)) {
    const walker: Somebody = {
      name: user.id,
      channelId,
      tenantId: WALKERS.tenantId,
      user: { ...user, name: user.id },
      conversation: { id: conversation.id, conversationType: 'personal' },
      locale: 'en-US',
      timeZone: 'UTC',
    };
    await stage.voiceOf(walker).says('subscribe news');
  }
}

/** max: more than three at once; the digest of the rest is sent and refused for the moment. */
async function letTheBurstEnd(stage: Stage, stopsAt: number): Promise<void> {
  await stage.until(stopsAt - 63_000);
  await burst(stage, 'max');
  await stage.fails('max', { kind: '429', retryAfterSeconds: 25 });
}

async function burst(stage: Stage, name: Name): Promise<void> {
  const ids: string[] = [];
  for (const number of [1, 2, 3, 4, 5]) {
    ids.push(await stage.note(`${name}-burst-${number}`, name, { mode: 'adHoc' }));
    if (number === 3) for (const id of ids) await stage.reports(id, '"delivered"');
  }
  for (const id of ids.slice(3)) await stage.reports(id, '"burst"');
}

async function lastSeconds(stage: Stage, stopsAt: number): Promise<void> {
  await stage.until(stopsAt - 20_000);
  await burst(stage, 'fay');
  await stage.fails('hal', { kind: '429', retryAfterSeconds: 30 });
  await stage.reports(await stage.note('hal-retrying', 'hal'), '"retrying"');

  // Shown, and never answered: nobody knows it when the app is stopped.
  await stage.until(stopsAt - 5000);
  await stage.fails('jon', { kind: 'hang', shown: true });
  await stage.fails('kim', { kind: 'hang', shown: true });
  await stage.note('jon-claimed-resend', 'jon', { onUnconfirmed: 'resend' });
  await stage.note('kim-claimed-park', 'kim', { onUnconfirmed: 'park' });
  await stage.note('news', { topic: 'news' });

  await stage.until(stopsAt - 1200);
  await stage.fails('ida', { kind: '502', shown: true, retryAfterSeconds: 20 });
  await stage.reports(await stage.note('ida-unknown', 'ida'), '"retrying"');
  await stage.voice('pat').says('price report vegas grand');
  await stage.voice('noa').says('forget me');
  await stage.voice('noa').says('forget me now');
}

/** What is published while no app runs: it lies on the queue as it came. */
export async function publishToNobody(stage: Stage): Promise<void> {
  await stage.note('tom-on-the-queue', 'tom');
  const text = 'Note uma-on-the-queue, please read';
  await stage.publish('uma-on-the-queue', text, {
    data: { to: { conversation: stage.voice('uma').key }, text },
    binary: true,
  });
  await stage.publish('build-2', 'web #2', {
    type: 'build.finished',
    data: { pipeline: 'web', number: 2, status: 'failed' },
  });
}
