/** JSON on several lines; any other text as it is. */
export function indentedJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Not JSON: that may be just what is wrong with it.
    return text;
  }
}
