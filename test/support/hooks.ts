/** Hooks that would be noticed if git ran them. */
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Scratch } from './repository.ts';

const names = [
  'post-commit',
  'pre-commit',
  'reference-transaction',
  'post-checkout',
  'post-merge',
  'commit-msg',
];

/** Each hook leaves a mark and fails. @returns whether any has run. */
export function failingHooks(scratch: Scratch): () => boolean {
  const mark = join(scratch.dir, '.git', 'a-hook-ran');
  for (const name of names) {
    scratch.write(`.git/hooks/${name}`, `#!/bin/sh\ntouch '${mark}'\nexit 1\n`);
    chmodSync(join(scratch.dir, '.git/hooks', name), 0o755);
  }
  return () => existsSync(mark);
}
