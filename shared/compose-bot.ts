import { setTimeout as wait } from 'node:timers/promises';
import { fromActivity } from './adapters/bot/activity/sighting.ts';
import { answer } from './chat/answer.ts';
import { botLogic } from './chat/bot.ts';
import { storeCommands } from './chat/commands/store-commands.ts';
import { dialogBook } from './chat/dialogs/dialog-book.ts';
import type { Parts } from './compose-parts.ts';
import type { Config } from './config.ts';
import type { Conversation } from './domain/conversation/conversation.ts';
import { catalog } from './kinds/catalog.ts';
import { captureConversation } from './use-cases/conversation/capture-conversation.ts';
import { countReplies } from './use-cases/conversation/count-replies.ts';
import { type FindTold, findTold } from './use-cases/conversation/find-told.ts';
import { noteRead } from './use-cases/conversation/note-read.ts';
import { settleCards } from './use-cases/living/settle-card.ts';
import { settledMessage } from './use-cases/living/settled-message.ts';
import { forgetMe } from './use-cases/privacy/forget-me.ts';
import { returnFromForgetting } from './use-cases/privacy/return-from-forgetting.ts';

/** The bot: what an inbound activity is answered with. Import this file when the bot is first needed: it loads what people can say. */
export async function messagesOf({ origin, ...config }: Config, parts: Parts) {
  const {
    announcing,
    bot,
    clock,
    exporting,
    forgetting,
    kinds,
    log,
    merging,
    opened,
    queues,
    releasing,
    roster,
    stores,
  } = parts;
  const [{ gateway }, all] = await Promise.all([bot(), stores()]);
  const dialogs = dialogBook(catalog.dialogEntries);
  const kindCommands = await Promise.all((await opened()).each.map((kind) => kind.commands?.() ?? []));
  const told = findTold({ ...all, kinds: catalog });
  const logic = botLogic({
    ...all,
    sight: fromActivity,
    capture: captureConversation({
      ...all,
      merge: merging,
      returning: returnFromForgetting({ ...all, forget: forgetting }),
      clock,
    }),
    // The queue is connected to with the first wish.
    forgetMe: async (wish) => forgetMe({ ...all, jobs: (await queues()).jobs, clock })(wish),
    countReplies: countReplies({ ...all, clock, log }),
    ...afterTurns(config, parts, { all, told }),
    answer: answer({
      ...all,
      roster,
      clock,
      defaultTimeZone: config.defaultTimeZone,
      dialogs: dialogs.names,
      offers: catalog.topicOffers,
      commands: [
        ...storeCommands({
          ...all,
          kinds: await kinds(),
          announce: announcing,
          releaseDeferred: releasing,
          linkToExport: linksToExport(origin, exporting),
          clock,
          defaultTimeZone: config.defaultTimeZone,
        }),
        ...kindCommands.flat(),
        ...(await consoleCommand(origin, config.console)),
      ],
    }),
    dialogs,
    told,
    kinds: catalog,
    // The queue is connected to with the first answer.
    recordAnswer: async (given) => {
      const { recordAnswer } = await import('./use-cases/conversation/record-answer.ts');
      return recordAnswer({ ...all, kinds: catalog, outcomes: (await queues()).outcomes })(given);
    },
    releaseDeferred: releasing,
    defaultTimeZone: config.defaultTimeZone,
    clock,
    log,
    wait,
  });
  return { inbound: { process: (request: InboundRequest) => gateway.process(request, logic) }, log };
}

/** What follows from a turn for messages that are there: what became of them, and that they were read. */
function afterTurns(
  { readReceipts, defaultTimeZone }: Omit<Config, 'origin'>,
  { bot, log }: Parts,
  { all, told }: { readonly all: Awaited<ReturnType<Parts['stores']>>; readonly told: FindTold },
) {
  return {
    ...(readReceipts ? { noteRead: noteRead(all) } : {}),
    settleCards: settleCards({
      ...all,
      told,
      settledMessage: settledMessage({ ...all, kinds: catalog, defaultTimeZone }),
      messenger: async () => (await bot()).messenger,
      log,
      wait,
    }),
  };
}

/** On the local stack whoever chats is whoever develops, and operates, it. */
async function consoleCommand(origin: string | undefined, signIn: Config['console']) {
  if (origin === undefined || signIn !== 'nobody') return [];
  const { operatorsConsole } = await import('./chat/commands/operators-console.ts');
  return [operatorsConsole(`${origin}/api/console`)];
}

/** Where somebody opens what is stored of them; `undefined` where the app does not know how it is reached. */
function linksToExport(origin: string | undefined, exporting: Parts['exporting']) {
  return origin === undefined
    ? undefined
    : async (to: Conversation) => `${origin}/api/export/${await (await exporting()).make(to)}`;
}

interface InboundRequest {
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
}
