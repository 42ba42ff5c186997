import { notificationId } from '../../shared/domain/ids.ts';
import { seconds } from '../../shared/domain/time.ts';
import { anEvent } from './builders.ts';
import { aChat } from './chat.ts';

/** Somebody who is asked when they leave for London, and a service that publishes meanwhile. */
export async function aBooking() {
  const chat = aChat();
  await chat.says('hello');
  await chat.says('book travel');
  await chat.says('London');
  const { world, key } = chat;
  let seen = world.channel.shown.length;
  /** What the person saw since they were last asked. */
  const news = () => {
    const texts = chat.sees().slice(seen);
    seen = chat.sees().length;
    return texts;
  };
  const publish = async (data: object, type = 'notification.requested', within = 5) => {
    const event = anEvent({ type, data: { to: { conversation: key }, ...data } });
    await world.publish(event);
    await world.run(world.clock.now() + seconds(within));
    return notificationId(event.source, event.id);
  };
  const survey = (more: object = {}) =>
    publish({ question: 'How was it?', choices: ['Great', 'Fine', 'Poor'], ...more }, 'survey.requested');
  /** The person takes their time. */
  const later = () => world.clock.advance(seconds(3));
  later();
  return { ...chat, news, publish, survey, later };
}
