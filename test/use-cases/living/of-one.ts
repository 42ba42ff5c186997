import { type NotificationId, notificationId } from '../../../shared/domain/ids.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { wordsOf } from '../../support/reading.ts';
import { aWorld, type World } from '../../support/world.ts';

/** Somebody who is told the states of a thing. */
export async function ofOne(
  options: Parameters<typeof aWorld>[0] = {},
  fields: Parameters<typeof aConversation>[0] = {},
) {
  const world = aWorld(options);
  const ana = aConversation(fields);
  await world.knows(ana);
  let number = 0;
  /** Publishes the next state, and gives its id. */
  const tell = async (
    delivery: { readonly [name: string]: unknown } = {},
    about: {
      readonly sequence?: string;
      readonly key?: string;
      readonly to?: object;
      readonly source?: string;
    } = {},
  ): Promise<NotificationId> => {
    number += 1;
    const event = anEvent({
      id: `event ${number}`,
      source: about.source ?? 'urn:builds',
      sequence: about.sequence ?? String(number),
      data: {
        to: about.to ?? { conversation: ana.key },
        text: `state ${number}`,
        delivery: { key: about.key ?? 'build', ...delivery },
      },
    });
    await world.publish(event);
    return notificationId(event.source, event.id);
  };
  const seen = () => world.channel.shown.map(({ message }) => wordsOf(message));
  return { world, ana, tell, seen };
}

export async function outcomeOf(world: World, id: NotificationId): Promise<string | undefined> {
  return (await world.report(id, {}))?.recipients?.[0]?.state;
}
