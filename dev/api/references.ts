import type { JsonObject } from '../../shared/domain/event/notification.ts';

export const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
export const json = (schema: JsonObject, type = 'application/json'): JsonObject => ({
  content: { [type]: { schema } },
});
export const refused = (description: string): JsonObject => ({
  description,
  ...json(ref('Problem'), 'application/problem+json'),
});

export const unusable = refused('The app has settings that it cannot use; `/health` names each.');
