/** Scratch repositories for children: made here, opened there by their folder. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Scratch {
  /** Everything is below it. */
  readonly top: string;
  readonly repository: string;
  write(path: string, text: string): void;
  git(...args: string[]): string;
  remove(): void;
}

/** A repository with these files committed. */
export function scratchRepository(files: Readonly<Record<string, string>>): Scratch {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'dreamkeeper-speed-')));
  const repository = join(top, 'repository');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  };
  mkdirSync(repository);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.test', ...args], {
      cwd: repository,
      encoding: 'utf8',
    }).trim();
  git('init', '-q', '-b', 'main');
  git('config', 'gc.auto', '0');
  for (const [path, text] of Object.entries(files)) write(join('repository', path), text);
  git('add', '-A');
  git('commit', '-q', '--allow-empty', '-m', 'Start');
  return {
    top,
    repository,
    write,
    git,
    remove: () => rmSync(top, { recursive: true, force: true, maxRetries: 3 }),
  };
}
