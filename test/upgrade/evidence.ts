import type { Asked, Evidence } from '../../dev/chaos/judgement/evidence.ts';
import type { Person } from '../../dev/chaos/people/people.ts';
import { readReport, type WholeReport } from '../../dev/chaos/reports/read-report.ts';
import { ChannelControl, type Shown } from '../../dev/chaos/rig/channel-control.ts';
import { folk, gusAlone, type Name } from '../../dev/recorded/folk.ts';
import type { Somebody } from '../../dev/recorded/somebody.ts';
import type { Stage } from '../../dev/recorded/stage.ts';
import type { RecordedNotification } from '../../dev/recorded/store-file.ts';
import { WALKERS } from '../../dev/recorded/story.ts';
import { silentLog } from '../../dev/silent-log.ts';
import type { Stack } from '../../dev/stack/stack.ts';
import { crowdConversationId } from '../../dev/teams-channel-local/conversations/conversation.ts';
import { crowdMember } from '../../dev/teams-channel-local/people/crowd.ts';
import { connectTables } from '../../shared/adapters/table/connect.ts';
import { conversationKey, uncreatedConversationKey } from '../../shared/domain/ids.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';

export const SUBSCRIBERS = [
  'dee',
  'eli',
  'sue',
  'tom',
  'uma',
  'vic',
  'yan',
  'rexInGroup',
  'rexInTeam',
] as const;

/** Of the story, what reached others than the one whose name it begins with. */
const AUDIENCES: { readonly [name: string]: readonly Name[] } = {
  'build-1': SUBSCRIBERS,
  'build-2': SUBSCRIBERS,
  'group-asked': ['rexInGroup'],
  'price-first': [],
  'price-fall': ['pat'],
  // Tom wants to hear of half the price, quin of nothing until tomorrow.
  'price-deep-fall': ['pat', 'tom'],
};

/** People of the story as the judge knows them. */
export function personOf({ channelId, user, conversation }: Somebody): Person {
  const id = conversation.id.replace(/;messageid=\d+$/, '');
  const key = conversationKey(channelId, id);
  const keys = user.id === gusAlone.user.id ? [key, uncreatedConversationKey(channelId, user.id)] : [key];
  return { user: user.id, conversation: id, key, keys };
}

const walkers: readonly Person[] = Array.from({ length: WALKERS.count }, (_none, index) => {
  const { id, channelId } = crowdMember(WALKERS, index);
  const conversation = crowdConversationId(WALKERS.prefix, index);
  const key = conversationKey(channelId, conversation);
  return { user: id, conversation, key, keys: [key] };
});

/** What may be expected of a notification of the story. */
export function askedOf({ name, id, text }: RecordedNotification): Asked {
  const onUnconfirmed = /-(park|unconfirmed)$/.test(name) ? 'park' : 'resend';
  return { id, text, onUnconfirmed, must: mustHear(name), may: [] };
}

function mustHear(name: string): readonly Person[] {
  if (name === 'news') return walkers;
  if (name === 'gus-moved') return [personOf(gusAlone)];
  const named = AUDIENCES[name] ?? [nameIn(name)];
  return named.map((one) => personOf(folk[one]));
}

function nameIn(name: string): Name {
  const [first = ''] = name.split('-');
  if (!Object.hasOwn(folk, first)) throw new Error(`"${name}" begins with nobody's name`);
  // One of them by the check above.
  return first as Name;
}

/** What the app says of these notifications, and what people saw: alone or as a part of a digest. */
export async function gatherAll(stack: Stack, stage: Stage, asked: readonly Asked[]): Promise<Evidence> {
  const hosts = [{ origin: stack.addresses.functions }];
  const reports = new Map<string, WholeReport>();
  for (const { id } of asked) {
    const report = await readReport({ hosts }, id);
    if (report !== undefined) reports.set(id, report);
  }
  return { asked, reports, shown: await shownOf(stack, stage, asked), parked: await parkedDeliveries(stack) };
}

async function shownOf(stack: Stack, stage: Stage, asked: readonly Asked[]): Promise<Shown> {
  const crowd = await new ChannelControl(stack.addresses.channel ?? '').shown();
  const everybody = [...Object.values(folk), gusAlone];
  const places = new Map(everybody.map((one) => [personOf(one).conversation, one]));
  const shown = new Map(crowd);
  for (const [conversation, one] of places) {
    const seen = await stage.voiceOf(one).sees();
    const counts = asked.map(
      ({ text }) => [text, seen.filter((each) => each.includes(text)).length] as const,
    );
    shown.set(conversation, new Map(counts.filter(([, count]) => count > 0)));
  }
  return shown;
}

async function parkedDeliveries(stack: Stack): Promise<ReadonlySet<string>> {
  const { parking } = await connectTables(
    { kind: 'connectionString', value: stack.addresses.tables },
    { clock: stack, log: silentLog, requestsPerSecond: 50, tableNames },
  );
  const { items } = await parking.listParked({ limit: 1000 });
  return new Set(items.flatMap(({ kind, original }) => (kind === 'delivery' ? [original] : [])));
}
