import { fileURLToPath } from 'node:url';
import { FORMER_RELEASE } from '../../dev/former/former-release.mjs';
import { readRecordedStore } from '../../dev/recorded/store-file.ts';

/** What the former release left behind when it was stopped in the middle of its work. */
export const recorded = readRecordedStore(
  fileURLToPath(new URL(`./stores/${FORMER_RELEASE.slice(0, 7)}.jsonl.gz`, import.meta.url)),
);
