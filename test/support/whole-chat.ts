import { minutes } from '../../shared/domain/time.ts';
import { openHooks } from '../../shared/kinds/hooks/hooks.ts';
import { anEvent } from './builders.ts';
import { aChat } from './chat.ts';
import { everyCommand } from './every-command.ts';
import { aWorld } from './world.ts';

/** Somebody who may say whatever the product understands, in the language of a locale. They have said hello. */
export async function aWholeChat(locale = 'en') {
  const world = aWorld({ kinds: [openHooks] });
  const { answer } = await everyCommand(world);
  const chat = aChat({ world, more: { answer } });
  await chat.hears('hello', { locale });
  return {
    ...chat,
    answer,
    hears: (text: string) => chat.hears(text, { locale }),
    /** Minutes pass, and what is due is told. */
    async passes(number: number): Promise<void> {
      world.clock.advance(minutes(number));
      await world.fire();
      await world.run(world.clock.now());
    },
    /** Asks whether soup or salad; gives the id of the question. */
    async isAsked(): Promise<string> {
      const data = { to: { conversation: chat.key }, question: 'Lunch?', choices: ['Soup', 'Salad'] };
      await world.publish(anEvent({ type: 'survey.requested', data }));
      await world.run();
      const { message } = world.channel.shown.at(-1) ?? {};
      const [, id = ''] = /answer ([\w-]{43}) 1/.exec(JSON.stringify(message)) ?? [];
      return id;
    },
  };
}
