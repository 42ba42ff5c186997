import { isJsonObject } from '../json-object.ts';

/**
 * What a client does by itself, as asking for a card's newest form when it comes into view (`refresh`): nobody has turned to
 * the bot by that.
 */
export function isByItself({ type, value }: { readonly type?: string; readonly value?: unknown }): boolean {
  return type === 'invoke' && isJsonObject(value) && value.trigger === 'automatic';
}
