import { colorOf, initialsOf } from './avatar.js';

/**
 * Web Chat knows two sides: the person in front of it, and one other. In a group there are other people besides the
 * bot; these parts of Web Chat's middleware give each a picture, a name and a group of messages of their own.
 *
 * Web Chat brings its own React and does not share it. What it renders are plain objects, so one that it made itself
 * gives the mark that makes others.
 */
export function groupMiddleware({ people, bot, titleOf, onThread }) {
  /** Below each message of a channel: in whose thread it is, or that one can answer in its own. */
  const threadLink = (message, { activity, thread }) => {
    const isFirst = thread.endsWith(`=${activity.id}`);
    return like(
      message,
      'button',
      {
        type: 'button',
        className: `thread-link ${activity.from.role === 'user' ? 'is-mine' : ''}`,
        onClick: () => onThread(thread),
        children: isFirst ? 'Answer in this thread' : `in the thread “${titleOf(thread)}”`,
      },
      'thread',
    );
  };
  const isOther = ({ from }) => from.role === 'bot' && from.id !== bot.id;
  return {
    avatarMiddleware: () => (next) => (args) => {
      const original = next(args);
      const { activity } = args;
      if (!original || !isOther(activity)) return original;
      return () =>
        like(original(), 'div', {
          className: 'person-avatar',
          style: { backgroundColor: colorOf(people, activity.from.id) },
          title: activity.from.name,
          children: initialsOf(activity.from.name ?? '?'),
        });
    },
    activityMiddleware:
      () =>
      (next) =>
      (...args) => {
        const original = next(...args);
        const [{ activity }] = args;
        const thread = activity.channelData?.thread;
        if (!original || !(isOther(activity) || thread)) return original;
        return (...rest) => {
          const message = original(...rest);
          if (!message) return message;
          const before = isOther(activity)
            ? [like(message, 'div', { className: 'sender-name', children: activity.from.name }, 'name')]
            : [];
          const after = thread ? [threadLink(message, { activity, thread })] : [];
          return like(message, 'div', {
            children: [...before, like(message, message.type, message.props, 'message'), ...after],
          });
        };
      },
    groupActivitiesMiddleware: () => (next) => (args) => ({
      ...next(args),
      sender: bySender(args.activities),
    }),
  };
}

/** What the channel says of a message, by where its `channelData` says so. */
const MARKS = { onlyForYou: 'Only you can see this', edited: 'Edited' };

/** A message that its sender changed, or that nobody else sees, says so below it. */
export const markMiddleware =
  () =>
  (next) =>
  (...args) => {
    const original = next(...args);
    const [{ activity }] = args;
    const said = Object.keys(MARKS).filter((mark) => activity.channelData?.[mark] === true);
    if (!original || said.length === 0) return original;
    return (...rest) => {
      const message = original(...rest);
      if (!message) return message;
      const children = said.map((mark) => MARKS[mark]).join(' · ');
      const mark = like(message, 'div', { className: 'message-mark', children }, 'mark');
      return like(message, 'div', {
        children: [like(message, message.type, message.props, 'message'), mark],
      });
    };
  };

/** Runs of messages of one sender. */
function bySender(activities) {
  const runs = [];
  for (const activity of activities) {
    const run = runs.at(-1);
    if (run?.[0].from.id === activity.from.id) run.push(activity);
    else runs.push([activity]);
  }
  return runs;
}

/** Another React element of the same React as `sample`. */
function like({ $$typeof }, type, props, key = null) {
  return { $$typeof, type, key, ref: null, props, _owner: null };
}
