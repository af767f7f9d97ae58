/** A repository whose own configuration names programs: none of them may start while it is read and dreamed on. */
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { blameLine } from '../../src/git/line.ts';
import { openRepository } from '../../src/git/repository.ts';
import { aCommand } from '../support/command.ts';
import { scratchRepository, type Scratch } from '../support/repository.ts';
import { transcript } from '../support/transcript.ts';

vi.setConfig({ testTimeout: 180_000 });

const memory = '# Notes\n\n- Use pnpm 8.\n- Run `make test`.\n- See docs/old.md for setup.\n';

/** Every key that makes git start a program; `%` stands for the program. */
const traps: readonly (readonly [key: string, value: string])[] = [
  ['core.fsmonitor', '%'],
  ['core.sshCommand', '%'],
  ['core.gitProxy', '%'],
  ['core.askPass', '%'],
  ['core.editor', '%'],
  ['core.pager', '%'],
  ['core.alternateRefsCommand', '%'],
  ['core.hooksPath', '.git/traps'],
  ['credential.helper', '!%'],
  ['diff.external', '%'],
  ['diff.evil.command', '%'],
  ['diff.evil.textconv', '%'],
  ['filter.evil.clean', '%'],
  ['filter.evil.smudge', '%'],
  ['filter.evil.process', '%'],
  ['merge.evil.driver', '% %A'],
  ['gpg.program', '%'],
  ['commit.gpgSign', 'true'],
  ['log.showSignature', 'true'],
  ['gc.recentObjectsHook', '%'],
  ['uploadpack.packObjectsHook', '%'],
  ['trailer.x.command', '%'],
  ['interactive.diffFilter', '%'],
  ['protocol.ext.allow', 'always'],
];

/** @returns whether a trap has been sprung since the last time it was asked. */
function armed(scratch: Scratch): () => boolean {
  const mark = join(scratch.dir, '.git', 'sprung');
  const program = join(scratch.dir, '.git', 'trap.sh');
  writeFileSync(program, `#!/bin/sh\necho "$@" >> '${mark}'\ncat\n`);
  chmodSync(program, 0o755);
  for (const folder of ['hooks', 'traps'])
    for (const hook of ['reference-transaction', 'post-checkout', 'post-index-change', 'pre-auto-gc']) {
      mkdirSync(join(scratch.dir, '.git', folder), { recursive: true });
      writeFileSync(join(scratch.dir, '.git', folder, hook), `#!/bin/sh\n'${program}' ${hook}\n`);
      chmodSync(join(scratch.dir, '.git', folder, hook), 0o755);
    }
  const config = traps.map(([key, value]) => {
    const [, section = '', sub, name = ''] = /^([^.]+)\.(?:(.+)\.)?([^.]+)$/.exec(key) ?? [];
    const head = sub === undefined ? `[${section}]` : `[${section} "${sub}"]`;
    return `${head}\n\t${name} = ${value.replace('%', program)}\n`;
  });
  // By way of an include, as a repository would hide it.
  writeFileSync(join(scratch.dir, '.git', 'more'), config.join(''));
  scratch.git('config', 'include.path', 'more');
  return () => {
    const sprung = existsSync(mark);
    rmSync(mark, { force: true });
    return sprung;
  };
}

function aHostileRepository(): Scratch {
  const scratch = scratchRepository();
  scratch.commit('Start', {
    'CLAUDE.md': memory,
    'docs/old.md': 'x\n',
    '.gitattributes': '*.md filter=evil diff=evil merge=evil\n',
  });
  scratch.git('rm', '-q', 'docs/old.md');
  scratch.commit('Remove');
  return scratch;
}

it('starts nothing in any verb but the merge, which is the person’s own act', async () => {
  const scratch = aHostileRepository();
  const command = aCommand().in(scratch.dir, { HOME: scratch.env.HOME ?? '' });
  const sprung = armed(scratch);
  const folder = join(scratch.dir, '..', 'transcripts');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'a.jsonl'),
    transcript(
      'one',
      'Remember: use pnpm 9, not pnpm 8.',
      'ok',
      'From now on run make lint before committing.',
      'ok',
    ),
  );
  // Newer than the index, so that git has a reason to look at it.
  scratch.write('CLAUDE.md', `${memory}- One more.\n`);
  const lines: readonly (readonly string[])[] = [
    ['init'],
    ['lint'],
    ['ingest', folder],
    ['dream'],
    ['status'],
    ['show', '--diff'],
    ['why', 'CLAUDE.md:3'],
    ['drop', '1'],
    ['restore', '1'],
    ['reject'],
    ['forget', 'one'],
  ];
  const found: string[] = [];
  for (const line of lines) {
    const { code, stderr } = await command.run(...line);
    if (code !== 0) found.push(`${line[0] ?? ''} failed: ${stderr}`);
    if (sprung()) found.push(`${line[0] ?? ''} started a program`);
  }
  expect(found).toEqual([]);
});

it('blames the line of an edited file without the filters that git would run on it', async () => {
  const scratch = aHostileRepository();
  const sprung = armed(scratch);
  const { site } = await openRepository(scratch.dir, scratch.env);
  scratch.write('CLAUDE.md', `# Title\n\n${memory}`);
  expect(await blameLine(site, 'CLAUDE.md', 5)).toMatchObject({ text: '- Use pnpm 8.', author: 'Ada' });
  expect(sprung()).toBe(false);
});

it('fetches nothing that a partial clone lacks', async () => {
  const scratch = aHostileRepository();
  const blob = scratch.git('rev-parse', 'HEAD:CLAUDE.md');
  rmSync(join(scratch.dir, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
  const mark = join(scratch.dir, 'fetched');
  scratch.git('config', 'core.repositoryFormatVersion', '1');
  scratch.git('config', 'extensions.partialClone', 'origin');
  scratch.git('config', 'remote.origin.promisor', 'true');
  scratch.git('config', 'remote.origin.url', `ext::sh -c "touch '${mark}'"`);
  scratch.git('config', 'protocol.ext.allow', 'always');
  const repository = await openRepository(scratch.dir, scratch.env);
  const head = (await repository.resolve('HEAD')) ?? '';
  await repository.readFile(head, 'CLAUDE.md').catch(() => undefined);
  expect(existsSync(mark)).toBe(false);
});

it.each(['--upload-pack=touch x', '--output=x', '-x', 'HEAD --output=x', '--help', ':/x', 'a\nb'])(
  'takes the revision %j for a revision',
  async (revision) => {
    const scratch = aHostileRepository();
    const repository = await openRepository(scratch.dir, scratch.env);
    expect(await repository.resolve(revision)).toBeUndefined();
    expect(existsSync(join(scratch.dir, 'x'))).toBe(false);
  },
);
