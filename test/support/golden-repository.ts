/** Makes the repository of a golden case: real Git, with the dates and authors that the case gives its commits. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, type GoldenCase } from './golden-case.ts';
import { scratchRepository, type Scratch } from './repository.ts';

export function goldenRepository(golden: GoldenCase): Scratch {
  const scratch = scratchRepository();
  scratch.git('config', 'core.autocrlf', 'false');
  for (const commit of golden.history) {
    empty(scratch.dir);
    const tree = join(golden.folder, commit.tree);
    for (const path of filesBelow(tree)) scratch.write(path, readFileSync(join(tree, path)));
    if (golden.config !== undefined) scratch.write('.github/dreamkeeper.yml', golden.config);
    scratch.git('config', 'user.name', commit.author);
    scratch.git('config', 'user.email', `${commit.author.split(' ')[0]?.toLowerCase() ?? 'who'}@example.com`);
    scratch.commit(commit.message, {}, commit.at);
  }
  return scratch;
}

function empty(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (name !== '.git') rmSync(join(folder, name), { recursive: true });
}
