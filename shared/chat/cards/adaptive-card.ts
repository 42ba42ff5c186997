import type { JsonObject } from '../../domain/event/notification.ts';

/** An Adaptive Card of the version that Teams and Web Chat both show. */
export function adaptiveCard(body: readonly JsonObject[], actions: readonly JsonObject[] = []): JsonObject {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
    ...(actions.length === 0 ? {} : { actions }),
  };
}

/** A button that says a command for the person. */
export function says(title: string, command: string): JsonObject {
  return { type: 'Action.Submit', title, data: { notifier: command } };
}

export function heading(text: string, look: JsonObject = {}): JsonObject {
  return { type: 'TextBlock', text, weight: 'Bolder', size: 'Medium', wrap: true, ...look };
}

export function line(text: string, look: JsonObject = {}): JsonObject {
  return { type: 'TextBlock', text, wrap: true, spacing: 'Small', ...look };
}
