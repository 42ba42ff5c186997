import { answer } from '../../shared/chat/answer.ts';
import { exportMyData } from '../../shared/chat/commands/privacy/export-my-data.ts';
import { dialogBook } from '../../shared/chat/dialogs/dialog-book.ts';
import { hours } from '../../shared/domain/time.ts';
import { catalogOf } from '../../shared/kinds/catalog.ts';
import type { Kind } from '../../shared/kinds/kind.ts';
import { anEvent } from './builders.ts';
import { aChat } from './chat.ts';
import { aWorld } from './world.ts';

/**
 * Somebody in a chat with the whole product, over memory and without wires, to which some kinds, commands or dialogs were
 * added. They have said hello.
 */
export async function aKindChat(...kinds: readonly Kind[]) {
  const world = aWorld({ kinds });
  const { topicOffers, dialogEntries } = catalogOf(kinds);
  const dialogs = dialogBook(dialogEntries);
  const chat = aChat({
    world,
    dialogs,
    more: {
      answer: answer({
        ...world,
        offers: topicOffers,
        defaultTimeZone: 'UTC',
        dialogs: dialogs.names,
        commands: [...(await world.kindCommands()), exportMyData(world)],
      }),
    },
  });
  await chat.says('hello');
  let news: readonly string[] = [];
  const conversation = async () => {
    const found = await world.conversations.findConversation(chat.key);
    if (found === undefined) throw new Error('the conversation is not known');
    return found;
  };
  return {
    world,
    says: chat.says,
    /** What the bot answers, several messages joined by a line. */
    hears: chat.hears,
    /** Publishes an event of a type as an upstream service would; everything that follows from it is done. */
    async publish(type: string, data: object) {
      const before = world.channel.shown.length;
      await world.publish(anEvent({ type, data: { ...data } }));
      await world.run(world.clock.now() + hours(1));
      const shown = world.channel.shown.slice(before);
      news = [...news, ...shown.map(({ message }) => message.summary ?? message.text ?? '')];
    },
    /** The summaries, or texts, of what came by itself since this was last asked. */
    told() {
      const told = news;
      news = [];
      return told;
    },
    /** What is exported of the person. */
    exported: () => world.kinds.exportPersonalData(chat.key),
    /** All that the kinds keep of the person is forgotten. */
    forgets: async () => world.kinds.forgetPersonalData(await conversation()),
  };
}
