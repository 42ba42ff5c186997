import type { Activity } from '../domain/conversation/activity.ts';
import { isByItself } from '../domain/conversation/client-request.ts';
import { defined } from '../domain/defined.ts';
import { isJsonObject } from '../domain/json-object.ts';
import { type Duration, seconds } from '../domain/time.ts';
import { wordsFor } from '../locale/words.ts';
import type { TurnContext } from '../ports/conversation/turn-context.ts';
import type { Log } from '../ports/log.ts';
import type { CaptureConversation, Sighting } from '../use-cases/conversation/capture-conversation.ts';
import { adaptiveCard, line } from './cards/adaptive-card.ts';
import { pressOf } from './press.ts';

/** Clients give up after five seconds, the older ones. What is remembered of a press takes no longer than this. */
const PATIENCE: Duration = seconds(2);

/** Requests that somebody makes by pressing something in a message of the bot, as against their client's own. */
const PRESSED =
  /^(adaptiveCard\/action|task\/(fetch|submit)|message\/(submitAction|fetchTask)|handoff\/action)$/;

/** What a client shows of an answer is up to the answer's shape. */
type Shape = (text: string, value: unknown) => object | undefined;

const nothing: Shape = () => undefined;
const dialog: Shape = (text) => ({ task: { type: 'message', value: text } });
const noLinkPreview: Shape = () => ({
  composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [] },
});
const universal = (text: string) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: text,
});

/** By the name of the request, else by what stands before its slash. A request that is not named here gets no body. */
const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['adaptiveCard', universal],
  ['task', dialog],
  ['message/fetchTask', dialog],
  ['composeExtension', (text) => ({ composeExtension: { type: 'message', text } })],
  ['composeExtension/queryLink', noLinkPreview],
  ['composeExtension/anonymousQueryLink', noLinkPreview],
  ['composeExtension/selectItem', noLinkPreview],
  ['composeExtension/fetchTask', dialog],
  ['composeExtension/submitAction', dialog],
  ['composeExtension/setting', nothing],
  ['composeExtension/onCardButtonClicked', nothing],
  ['config', (text) => ({ responseType: 'config', config: { type: 'message', value: text } })],
  [
    'tab',
    (text) => ({ tab: { type: 'continue', value: { cards: [{ card: adaptiveCard([line(text)]) }] } } }),
  ],
  [
    'application/search',
    () => ({
      statusCode: 200,
      type: 'application/vnd.microsoft.search.searchResponse',
      value: { results: [] },
    }),
  ],
  ['signin/tokenExchange', noSignIn],
]);

/**
 * Answers what a client asks while a person waits for it (an invoke): always with 200, in the shape that the request wants,
 * and without waiting for a store. A button of ours is taken for what it says, as if it had come as a message.
 */
export function answeringInvokes(
  deps: {
    readonly sight: (activity: Activity) => Sighting | undefined;
    readonly capture: CaptureConversation;
    readonly log: Log;
    readonly wait: (delay: Duration) => Promise<unknown>;
  },
  hear: (context: TurnContext) => Promise<void>,
): (context: TurnContext) => Promise<void> {
  return async (context) => {
    const { activity } = context;
    if (activity.type !== 'invoke') return hear(context);
    const isHeard = pressOf(activity) !== undefined && deps.sight(activity) !== undefined;
    let known: string | undefined;
    if (isHeard) await hear(context);
    else if (PRESSED.test(activity.name ?? '') && !isByItself(activity)) known = await seen(activity);
    const words = wordsFor(activity.locale ?? known ?? 'en').presses;
    const body = bodyFor(activity, isHeard ? words.answeredBelow : words.cannot);
    const value = { status: 200, ...defined({ body }) };
    await context.sendActivity({ type: 'invokeResponse', value });
  };

  /** Remembers who pressed; gives their language, where that is known soon enough. */
  async function seen(activity: Activity): Promise<string | undefined> {
    const sighting = deps.sight(activity);
    if (sighting === undefined) return undefined;
    const captured = deps.capture(sighting).then(
      ({ conversation }) => conversation.locale,
      (cause: unknown) => {
        // The person has their answer all the same. Who they are is learned when they next say something.
        deps.log.warn('invoke.unseen', { cause: cause instanceof Error ? cause.name : 'unknown' });
        return undefined;
      },
    );
    return Promise.race([captured, deps.wait(PATIENCE).then(() => undefined)]);
  }
}

function bodyFor(activity: Activity, text: string): object | undefined {
  const { name = '', value } = activity;
  const shape = SHAPES.get(name) ?? SHAPES.get(name.split('/', 1)[0] ?? '') ?? nothing;
  // Where nobody asked, nothing is said: the card stays as it is.
  return shape(isByItself(activity) ? '' : text, value);
}

/** Of a sign-in that nobody began: with the names by which the client knows it, where they are such. */
function noSignIn(text: string, value: unknown): object {
  const { id, connectionName } = isJsonObject(value) ? value : {};
  return { ...named({ id, connectionName }), failureDetail: text };
}

function named(fields: { readonly [name: string]: unknown }): object {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => typeof value === 'string' && value.length <= 200),
  );
}
