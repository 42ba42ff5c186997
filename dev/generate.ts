// Usage: npm run generate
//
// Writes what follows from the code and is committed beside it: docs/api/ (OpenAPI, AsyncAPI, JSON Schemas) and
// infra/manifest.json. Tests compare both with the code.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

for (const program of ['./api/main.ts', './infra/main.ts']) {
  const path = fileURLToPath(new URL(program, import.meta.url));
  execFileSync(process.execPath, [path, 'write'], { stdio: 'inherit' });
}
