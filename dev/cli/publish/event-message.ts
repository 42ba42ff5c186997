import type { ServiceBusMessage } from '@azure/service-bus';
import { defined } from '../../../shared/domain/defined.ts';
import type { NotificationId } from '../../../shared/domain/ids.ts';
import { isJsonObject } from '../../../shared/domain/json-object.ts';

/** An event in structured form as it is about to be sent; with `--no-check` it can be anything. */
export interface OutgoingEvent {
  readonly envelope: unknown;
  /** Absent where the event has no source and id, so that it can never become a notification. */
  readonly notification?: NotificationId;
}

/** CloudEvents AMQP binding, structured mode: the envelope is the body. */
export function structuredMessage({ envelope, notification }: OutgoingEvent): ServiceBusMessage {
  return {
    body: envelope,
    contentType: 'application/cloudevents+json',
    ...defined({ messageId: notification }),
  };
}

/** Binary mode: attributes become application properties `cloudEvents_…`, data the body. */
export function binaryMessage({ envelope, notification }: OutgoingEvent): ServiceBusMessage {
  const { data, datacontenttype, ...attributes } = isJsonObject(envelope) ? envelope : { data: envelope };
  return {
    body: data ?? null,
    contentType: typeof datacontenttype === 'string' ? datacontenttype : 'application/json',
    applicationProperties: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [
        `cloudEvents_${name}`,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
    ...defined({ messageId: notification }),
  };
}
