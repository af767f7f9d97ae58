/** A folder of memory repositories as `dreamkeeper serve --repos` finds it. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openWorkplace } from '../../src/compose.ts';
import { localRepositories } from '../../src/jobs/local-repositories.ts';
import type { RepositorySource } from '../../src/jobs/place.ts';
import { applyRetention } from '../../src/ledger/retention.ts';
import { readSettings } from '../../src/settings.ts';

export interface Served {
  readonly folder: string;
  readonly source: RepositorySource;
  /** A new repository with these files in its first commit. */
  readonly add: (name: string, files?: Readonly<Record<string, string>>) => void;
  /** The same repository under other names. */
  readonly copy: (name: string, others: readonly string[]) => void;
  /** Drops a file in a repository's inbox, as if it had been there for a while. */
  readonly drop: (name: string, file: string, text: string) => void;
  readonly git: (name: string, ...args: string[]) => string;
}

/** @param top an empty folder. @param env what the server is told besides. */
export function servedFolder(top: string, env: Readonly<Record<string, string>> = {}): Served {
  const folder = join(top, 'repos');
  const home = join(top, 'home');
  mkdirSync(folder);
  mkdirSync(home);
  writeFileSync(
    join(home, '.gitconfig'),
    '[user]\n\tname = Ada\n\temail = ada@example.com\n[gc]\n\tauto = 0\n',
  );
  const settings = readSettings({ ...env, PATH: process.env.PATH, HOME: home, GIT_CONFIG_NOSYSTEM: '1' });
  const git: Served['git'] = (name, ...args) =>
    execFileSync('git', args, {
      cwd: join(folder, name),
      env: { ...settings.git, LC_ALL: 'C' },
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    }).trimEnd();
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  return {
    folder,
    git,
    source: localRepositories({
      folder,
      async open(path, signal) {
        const place = await openWorkplace(path, settings, signal);
        return {
          ...place,
          retain: (now) => applyRetention(place.ledger, place.config.ledger.retention, now),
        };
      },
    }),
    add(name, files = { 'CLAUDE.md': '# Memory\n\n- Use pnpm, not npm.\n' }) {
      mkdirSync(join(folder, name));
      git(name, 'init', '-q', '-b', 'main');
      for (const [path, text] of Object.entries(files)) put(join(folder, name, path), text);
      git(name, 'add', '-A');
      git(name, 'commit', '-q', '--allow-empty', '-m', 'Memory');
    },
    copy(name, others) {
      for (const other of others) cpSync(join(folder, name), join(folder, other), { recursive: true });
    },
    drop(name, file, text) {
      const path = join(folder, '.inbox', name, file);
      put(path, text);
      const before = new Date(Date.now() - 60_000);
      utimesSync(path, before, before);
    },
  };
}
