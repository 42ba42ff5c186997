/**
 * The longest id of a channel's that is kept. The longest known ones (conversations of e-mail and Direct Line) have 900
 * characters.
 */
export const LONGEST_ID = 1024;

/** The longest service URL that is kept or called. */
export const LONGEST_URL = 2048;

/** The longest code of a failure that is kept: a channel's own has 64 characters at most, a network's far fewer. */
export const LONGEST_CODE = 100;

/**
 * Whether something that a channel gave can be kept and sent back as an id. An id that is too long, that no UTF-8 can
 * hold or that has control characters names nothing: it is left out, never cut, because a cut id would name another thing.
 */
export function isChannelId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= LONGEST_ID &&
    value.isWellFormed() &&
    !CONTROLS.test(value)
  );
}

export function isServiceUrl(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_URL && URL.canParse(value);
}

/** C0 and C1 controls, and the delete between them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/;
