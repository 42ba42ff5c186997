import type { JsonObject } from '../../../shared/domain/event/notification.ts';
import { isJsonObject } from '../../../shared/domain/json-object.ts';
import { describePerson, type PersonDescribed } from '../../../shared/use-cases/people/describe-person.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import { stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openPeopleWithKinds, thePerson } from '../connection/people.ts';
import type { Io } from '../io.ts';
import { cellOf, inWords } from '../output/cell.ts';
import { printJson } from '../output/print.ts';
import { styleOf } from '../output/style.ts';
import { fields, table } from '../output/table.ts';
import { nameOfPerson } from './names.ts';

export const zoneOrigins = {
  person: 'said by the person',
  channel: 'told by the channel',
  setting: 'NOTIFIER_DEFAULT_TIME_ZONE',
} as const;

export const show = defineCommand({
  summary: 'Shows one person: where they are reached, what they wish, what was told and why not.',
  words: [{ name: 'id' }],
  flags: { ...tableFlags, ...stackFlag },
  notes:
    "The id is a key that people find shows, an Entra object id, or the channel's id of the person or of a conversation with them; or the beginning of a name that only one person has. NOTIFIER_DEFAULT_TIME_ZONE and NOTIFIER_VOUCHED_CHANNELS count as they do in the app.",
  examples: [
    'people show 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
    'people show 5b6f1a10-0000-4000-8000-000000000001 --json',
  ],

  async run({ flags, words }, io) {
    const [named = ''] = words;
    const target = tablesTarget(flags, io);
    const people = await openPeopleWithKinds(target, io);
    const described = await using(target, async () => describePerson(people)(await thePerson(named, people)));
    if (flags.json) printJson(io, described);
    else io.out.write(textOf(described, io));
    return ExitStatus.ok;
  },
});

function textOf(person: PersonDescribed, io: Io): string {
  const style = styleOf(io.out, io.env);
  const { zone, from } = person.zone;
  const head = fields(
    [
      ['name', nameOfPerson(person.user, person.isVouched)],
      ['key', person.key],
      ['channel', person.channelId],
      ['id', person.user?.id],
      ['object id', person.user?.aadObjectId],
      ['user principal name', person.names.userPrincipalName],
      ['mail', person.names.mail],
      ['tenant', person.tenantId],
      ['zone', `${zone} (${zoneOrigins[from]})`],
    ],
    style,
  );
  // Named once where there is only one.
  const several =
    person.conversations.filter(({ conversationType }) => conversationType === 'personal').length > 1;
  const section = (title: string, rows: readonly JsonObject[]): string => {
    const shown = several ? rows : rows.map(({ conversation: _only, ...row }) => row);
    const body = rows.length === 0 ? '  none\n' : tableOf(shown, io);
    return `\n${style.bold(title)}\n${body}`;
  };
  const ofKinds = person.ofKinds.flatMap(({ conversation, ...kinds }) =>
    Object.entries(kinds).map(([name, value]) => section(capital(name), rowsOf(value, conversation))),
  );
  return [
    head,
    section('Conversations', person.conversations),
    section('Subscriptions', person.subscriptions),
    section('Muted', person.mutes),
    section('Quiet hours', person.quietHours),
    section('Held back', person.heldBack),
    section('Open dialogs', person.dialogs),
    ...ofKinds,
    section('Notifications of the last 30 days', person.notifications),
    person.moreNotifications ? '  There are more; the newest are shown.\n' : '',
  ].join('');
}

/** A kind's data as rows: a list of objects as they are, anything else as one. */
function rowsOf(value: unknown, conversation: unknown): readonly JsonObject[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((one) => ({
    ...(isJsonObject(one) ? one : { value: one }),
    conversation,
  }));
}

/** A column for each property that any row has. */
function tableOf(rows: readonly JsonObject[], io: Io): string {
  const names = [...new Set(rows.flatMap(Object.keys))].filter((name) =>
    rows.some((row) => cellOf(row[name], name) !== ''),
  );
  return table(
    names.map((name) => ({ title: inWords(name).toUpperCase() })),
    rows.map((row) => names.map((name) => cellOf(row[name], name))),
    { screen: io.out, style: styleOf(io.out, io.env) },
  );
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
