/** A job that is stopped stops: the git that it started ends with it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openSite } from '../../src/git/open.ts';
import { readObjects } from '../../src/git/objects.ts';
import { runGit } from '../../src/git/run.ts';
import { scratchRepository } from '../support/repository.ts';

/** Whether a git process has this in its arguments. */
function isRunning(argument: string): boolean {
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  return processes.some((line) => line.startsWith('git ') && line.includes(argument));
}

it('git that runs is killed when its site’s signal is aborted', async () => {
  const scratch = scratchRepository();
  const stop = new AbortController();
  const site = await openSite(scratch.dir, scratch.env, stop.signal);
  // Nobody ever writes to it, so git waits for ever.
  const pipe = join(scratch.dir, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const waiting = runGit(site, ['hash-object', pipe]);
  while (!isRunning(pipe)) await sleep(20);
  stop.abort(new Error('the job was stopped'));
  await expect(waiting).rejects.toThrow('the job was stopped');
  expect(isRunning(pipe)).toBe(false);
});

it('no git is started any more afterwards', async () => {
  const scratch = scratchRepository();
  scratch.commit('One', { 'a.md': 'a' });
  const stop = new AbortController();
  const site = await openSite(scratch.dir, scratch.env, stop.signal);
  stop.abort(new Error('the job was stopped'));
  await expect(runGit(site, ['rev-parse', 'HEAD'])).rejects.toThrow('the job was stopped');
  await expect(readObjects(site, [scratch.git('rev-parse', 'HEAD')]).next()).rejects.toThrow(
    'the job was stopped',
  );
});
