// Runs every server test with node's own runner and ends with its counts. `npm test -- kill trace` runs only
// the files named.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = fs
  .readdirSync(here)
  .filter((name) => name.endsWith('.test.mjs') && (wanted.length === 0 || wanted.some((part) => name.startsWith(part))))
  .sort()
  .map((name) => path.join(here, name));
if (files.length === 0) {
  console.error(`no test file starts with ${wanted.join(', ')}`);
  process.exit(2);
}
const args = ['--test', '--test-reporter=spec', ...files];
process.exit(spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1);
