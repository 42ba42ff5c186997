/** Where the app answers, by the host that Functions hosts tell it; nothing where they tell none that can be one. */
export function hostedAt(
  host: string | undefined,
  { isLocal }: { readonly isLocal: boolean },
): { readonly origin?: string } {
  if (host === undefined || !/^[\w.-]{1,253}(?::\d{1,5})?$/.test(host)) return {};
  return { origin: `${isLocal ? 'http' : 'https'}://${host}` };
}
