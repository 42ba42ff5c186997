import { isJsonObject } from '../../../domain/json-object.ts';
import type { Format, Mapped, Posted } from '../message.ts';
import { has, objectsAt, textAt, textOf } from '../payload.ts';
import { factsOf, given, linksOf, messageOf, plainText, plainTitle } from './shown.ts';

/** Amazon's own hosts, and no address that only begins like one. */
const AMAZON = /^https:\/\/sns\.[a-z]{2,3}-[a-z-]{2,20}-\d{1,2}\.amazonaws\.com(?:\.cn)?\/\?/;

/** AWS SNS. A person confirms a subscription by the link; nothing is fetched. Its unsubscribe links are never shown. */
export const sns: Format = {
  name: 'sns',
  answer: 'id',
  detects: ({ payload, headers }) =>
    headers['x-amz-sns-message-type'] !== undefined || has(payload, 'TopicArn', 'MessageId', 'Type'),
  map(posted) {
    const type = textAt(posted.payload, 'Type') ?? posted.headers['x-amz-sns-message-type'];
    if (type === 'Notification') return notification(posted);
    return /Confirmation$/.test(type ?? '') ? confirmation(posted.payload) : undefined;
  },
};

function confirmation(payload: unknown): Mapped {
  const url = textAt(payload, 'SubscribeURL') ?? '';
  return {
    message: messageOf({
      title: plainTitle(`AWS SNS: ${topicOf(payload)}`),
      // The token in the address is the confirmation itself: it is for whoever made the hook.
      links: AMAZON.test(url) ? [{ title: 'Confirm subscription', url }] : [],
    }),
    ...given('deliveryId', textAt(payload, 'MessageId')),
  };
}

function topicOf(payload: unknown): string {
  return (textAt(payload, 'TopicArn') ?? '').split(':').at(-1) ?? '';
}

function notification({ payload }: Posted): Mapped {
  const deliveryId = textAt(payload, 'MessageId');
  const inner = parsed(textAt(payload, 'Message'));
  if (isJsonObject(inner) && has(inner, 'AlarmName'))
    return { ...ofAlarm(inner), ...given('deliveryId', deliveryId) };
  return {
    message: messageOf({
      title: plainTitle(textAt(payload, 'Subject') ?? topicOf(payload)),
      text: isJsonObject(inner) ? undefined : plainText(textAt(payload, 'Message')),
      facts: isJsonObject(inner)
        ? factsOf(
            ...Object.entries(inner)
              .filter(([name]) => !/token|secret|unsubscribe/i.test(name))
              .slice(0, 20),
          )
        : [],
    }),
    ...given('deliveryId', deliveryId),
  };
}

function ofAlarm(alarm: { readonly [name: string]: unknown }): Mapped {
  const status = textOf(alarm.NewStateValue);
  const state = status === 'ALARM' ? 'firing' : status === 'OK' ? 'resolved' : undefined;
  const arn = textOf(alarm.AlarmArn);
  const dimensions = objectsAt(alarm, 'Trigger.Dimensions');
  return {
    message: messageOf({
      title: plainTitle(alarm.AlarmName),
      text: plainText(
        [textOf(alarm.AlarmDescription), textOf(alarm.NewStateReason)].filter(Boolean).join('\n'),
      ),
      state,
      tone: state === 'firing' ? 'attention' : state === 'resolved' ? 'good' : 'warning',
      facts: factsOf(
        ['State', status],
        ...dimensions.map(
          (each) => [textOf(each.name ?? each.Name) ?? '', each.value ?? each.Value] as const,
        ),
        ['Metric', textAt(alarm, 'Trigger.MetricName')],
        ['Region', alarm.Region],
        ['Account', alarm.AWSAccountId],
        ['Time', alarm.StateChangeTime],
      ),
      links: linksOf(),
    }),
    ...given('key', arn === undefined ? undefined : `aws ${arn}`),
    ...(state === 'resolved' ? { isLast: true } : {}),
  };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // A text is a text.
    return undefined;
  }
}
