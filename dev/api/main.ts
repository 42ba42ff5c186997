// Usage: node dev/run.mjs dev/api/main.ts write
//
// Brings docs/api/ up to date with the code. Tests compare both.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { apiDocuments } from './documents.ts';

if (process.argv[2] === 'write') {
  for (const { path, text } of apiDocuments()) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`Wrote ${relative(process.cwd(), path)}`);
  }
} else {
  console.error('Usage: node dev/run.mjs dev/api/main.ts write');
  process.exitCode = 2;
}
