/** A person who works on the repository with git. Nothing that asks the stand-in may block: it lives in this process. */
import { join } from 'node:path';
import { execa } from 'execa';
import { scratchRepository, type Scratch } from '../support/repository.ts';
import type { Hosting } from './hosted.ts';

export interface Person extends Pick<Scratch, 'commit' | 'git' | 'dir'> {
  push(...args: string[]): Promise<void>;
}

/** A full clone, with what Ben may do. */
export async function aClone({ github, repository }: Hosting): Promise<Person> {
  const home = scratchRepository();
  const dir = join(home.dir, 'clone');
  const run = async (cwd: string, args: readonly string[]): Promise<void> => {
    await execa('git', args, { cwd, env: home.env, extendEnv: false });
  };
  await run(home.dir, ['clone', '-q', github.cloneUrl(repository, 'ben'), dir]);
  const clone = home.at(dir);
  return { ...clone, push: (...args) => run(dir, ['push', '-q', 'origin', ...args]) };
}
