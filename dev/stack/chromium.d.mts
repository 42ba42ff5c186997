export declare function findChromium(
  environment?: Readonly<Record<string, string | undefined>>,
  platform?: string,
): string | undefined;
