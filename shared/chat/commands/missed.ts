import { labels, memberBlock } from '../../catalog/digest.ts';
import type { Reader } from '../../catalog/entry.ts';
import { type MissedPlace, parsePlace, SHOW_ALL, showAllCommand } from '../../catalog/show-all.ts';
import { defined } from '../../domain/defined.ts';
import { showsCards } from '../../domain/delivery/channel-limits.ts';
import { wordsFor } from '../../locale/words.ts';
import type { MissedItem, MissedPage, ReadMissed } from '../../use-cases/holding-back/read-missed.ts';
import { adaptiveCard, heading, says } from '../cards/adaptive-card.ts';
import type { FindPersonZone } from '../person-zone.ts';
import type { Reply, Turn } from '../turn.ts';
import type { Command } from './command.ts';

/**
 * `missed`: what came lately in digests, and what was cut, in full; page by page, the newest first. `show all` is what
 * the button below a digest or a cut message says. In a group they show what came to the group, to whoever is there.
 */
export function missedCommands(deps: {
  readonly readMissed: ReadMissed;
  readonly personZone: FindPersonZone;
}): readonly Command[] {
  return [
    {
      name: 'missed',
      does: (locale) => wordsFor(locale).commands.missed,
      usage: 'missed',
      group: 'news',
      said: {
        en: ['what did i miss', 'what have i missed', 'show missed'],
        de: ['verpasst', 'was habe ich verpasst', 'zeig verpasste'],
      },
      run: (turn) => read(turn, undefined),
    },
    {
      name: SHOW_ALL,
      does: (locale) => wordsFor(locale).commands[SHOW_ALL],
      usage: 'show all <id> [<member>] [<piece>] [and older]',
      isForButtons: true,
      async run(turn, argument) {
        const from = parsePlace(argument);
        return from === undefined ? { text: wordsFor(turn.locale).why.noSuchNotification } : read(turn, from);
      },
    },
  ];

  async function read(turn: Turn, from: MissedPlace | undefined): Promise<Reply> {
    const { conversation, locale, at } = turn;
    const { zone } = await deps.personZone(conversation);
    const reader: Reader = { locale, timeZone: zone, now: at };
    const page = await deps.readMissed({ conversation, reader, ...defined({ from }) });
    const words = wordsFor(locale);
    switch (page.kind) {
      case 'page':
        return toReply(page, { ...reader, channelId: conversation.channelId }, words.chat.missed);
      case 'nothing':
        return { text: words.chat.missed.nothing };
      case 'no-such':
        return { text: words.why.noSuchNotification };
    }
  }
}

type MissedWords = ReturnType<typeof wordsFor>['chat']['missed'];

/** One card with the texts, and behind it each card that there was. The text is for channels that show none. */
function toReply(
  { items, next }: Extract<MissedPage, { readonly kind: 'page' }>,
  reader: Reader & { readonly channelId: string },
  words: MissedWords,
): Reply {
  const withKind = new Set(items.map(({ kind }) => kind)).size > 1;
  const labelOf = labels(items, reader, withKind);
  const shown = items.map((item) => ({ label: labelFor(item, labelOf(item), words), text: textOf(item) }));
  const cards = items.flatMap(({ card }) => (card === undefined ? [] : [card]));
  const more = next && showAllCommand(next.entry, next.member, next);
  const blocks = shown.map(({ label, text }) => memberBlock({ text }, label));
  const text = [
    words.title,
    ...shown.map(({ label, text: said }) => `${label}\n\n${said}`),
    ...(more === undefined ? [] : [`${words.more}: ${more}`]),
  ].join('\n\n');
  if (!showsCards(reader.channelId)) return { text };
  return {
    text,
    lead: '',
    card: adaptiveCard([heading(words.title), ...blocks], more === undefined ? [] : [says(words.more, more)]),
    ...(cards.length === 0 ? {} : { cards }),
  };
}

function labelFor(item: MissedItem, label: string, words: MissedWords): string {
  const notes = [
    ...(item.isContinued ? [words.continued] : []),
    ...(item.card === undefined ? [] : [words.cardBelow]),
  ];
  return [label, ...notes].join(' · ');
}

function textOf({ text, isContinued, goesOn }: MissedItem): string {
  return `${isContinued ? '…' : ''}${text}${goesOn ? '…' : ''}`;
}
