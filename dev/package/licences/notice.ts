import type { BundledPackage } from './bundled-packages.ts';

const RULE = '-'.repeat(80);

/** `NOTICE.txt`: every package in the bundle with its licence; packages of one text stand together. */
export function notice(app: string, packages: readonly BundledPackage[]): string {
  const byText = new Map<string, BundledPackage[]>();
  for (const one of packages) byText.set(one.text, [...(byText.get(one.text) ?? []), one]);
  const parts = [...byText].map(([text, those]) =>
    [
      RULE,
      ...those.map(({ name, version, licence }) => `${name} ${version} (${licence})`),
      '',
      text,
      '',
    ].join('\n'),
  );
  return `${app} contains code of the packages below, each under its own licence.\n\n${parts.join('\n')}`;
}

/** What a notice lacks of what is in the bundle, one line each: empty when every package is named with its text. */
export function noticeFaults(text: string, packages: readonly BundledPackage[]): readonly string[] {
  const lines = new Set(text.split('\n'));
  return packages.flatMap(({ name, version, licence, text: own }) => [
    ...(lines.has(`${name} ${version} (${licence})`) ? [] : [`${name} ${version} is not named`]),
    ...(text.includes(own) ? [] : [`${name} ${version} is named without its licence's text`]),
  ]);
}
