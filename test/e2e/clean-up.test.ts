/** A memory with more dead notes than a dream may take away at once. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { changedAnswer, dreamAnswer, showAnswer } from '../support/answers.ts';
import { lastingCommand } from '../support/command.ts';

vi.setConfig({ testTimeout: 60_000 });

const parts = ['tides', 'berths', 'fares', 'crews', 'lights'];

describe('a memory that names five deleted files', () => {
  const start = lastingCommand();
  const harbour = join(start.folder, 'harbour');
  const command = start.in(harbour);
  const commit = (message: string, at: string) =>
    execFileSync('git', ['-C', harbour, 'commit', '-qam', message], {
      env: {
        PATH: process.env.PATH,
        GIT_AUTHOR_DATE: at,
        GIT_COMMITTER_DATE: at,
        ...Object.fromEntries(
          ['AUTHOR', 'COMMITTER'].flatMap((role) => [
            [`GIT_${role}_NAME`, 'Ines'],
            [`GIT_${role}_EMAIL`, 'ines@harbour.test'],
          ]),
        ),
      },
    });

  beforeAll(() => {
    mkdirSync(join(harbour, 'lib'), { recursive: true });
    execFileSync('git', ['init', '-q', '-b', 'main', harbour]);
    writeFileSync(
      join(harbour, 'CLAUDE.md'),
      `# Harbour\n\n${parts.map((part) => `- The ${part} are listed in \`lib/${part}.tsv\`.\n`).join('')}`,
    );
    for (const part of parts) writeFileSync(join(harbour, 'lib', `${part}.tsv`), `${part}\t1\n`);
    execFileSync('git', ['-C', harbour, 'add', '.']);
    commit('Begin', '2026-01-05T09:00:00Z');
    for (const [day, part] of parts.entries()) {
      rmSync(join(harbour, 'lib', `${part}.tsv`));
      commit(`Keep ${part} in the database`, `2026-02-0${day + 1}T09:00:00Z`);
    }
  });

  it('loses three of its notes in a dream, and hears where the others went', async () => {
    const dream = dreamAnswer.parse(await command.json('dream', '--now', '2026-03-01'));
    expect(dream.proposals.flatMap(({ operations }) => operations)).toHaveLength(3);
    expect(dream.withheld.flatMap(({ findings }) => findings.map(({ message }) => message))).toEqual(
      Array(2).fill(expect.stringContaining('dreamkeeper dream --clean-up')),
    );
  });

  it('loses all five in a clean-up that says what it is and that a person must review', async () => {
    const dream = dreamAnswer.parse(await command.json('dream', '--clean-up', '--now', '2026-03-01'));
    expect(dream.withheld).toEqual([]);
    expect(dream.proposals).toHaveLength(5);
    expect(dream.proposals.every(({ findings }) => findings.some((each) => each.severity === 'review'))).toBe(
      true,
    );
    expect((await command.run('show')).stdout).toMatch(/^Clean-up 2026-03-01: 5 changes/);
  });

  it('lets a proposal be dropped from the clean-up without losing its room', async () => {
    const changed = changedAnswer.parse(await command.json('drop', '2'));
    expect(changed).toMatchObject({ dropped: [2] });
    expect(showAnswer.parse(await command.json('show')).proposals).toHaveLength(5);
  });
});
