/** How the command is used and misused, as a real process. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { errorAnswer, ingestAnswer, initAnswer, lintAnswer, statusAnswer } from '../support/answers.ts';
import { aCommand, runIntoClosedPipe, type Command } from '../support/command.ts';

vi.setConfig({ testTimeout: 120_000 });

const verbs = [
  'init',
  'ingest',
  'dream',
  'show',
  'drop',
  'accept',
  'reject',
  'status',
  'why',
  'restore',
  'forget',
  'lint',
  'demo',
];

const examples = join(import.meta.dirname, '..', '..', 'examples', 'sessions');

function aRepository(files: Readonly<Record<string, string>> = {}): Command {
  const command = aCommand();
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
      cwd: command.folder,
    });
  git('init', '--quiet', '--initial-branch=main');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(command.folder, path, '..'), { recursive: true });
    writeFileSync(join(command.folder, path), text);
  }
  if (Object.keys(files).length > 0) {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Start');
  }
  return command;
}

const memory = { 'CLAUDE.md': '# Notes\n\n- Use pnpm, never npm.\n- Tests live in `test/`.\n' };

describe('help', () => {
  it('is there for the command and every verb, with examples', async () => {
    const command = aCommand();
    const help = await command.run('--help');
    expect(help.code).toBe(0);
    for (const verb of verbs) expect(help.stdout).toMatch(new RegExp(`^ {2}${verb}\\b`, 'm'));
    const each = await Promise.all(verbs.map((verb) => command.run(verb, '--help')));
    for (const [index, ran] of each.entries()) {
      expect(ran.code).toBe(0);
      expect(ran.stdout).toContain(`Examples:\n  $ dreamkeeper ${verbs[index] ?? ''}`);
    }
  });

  it('tells the version', async () => {
    expect((await aCommand().run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('wrong usage ends with 2', () => {
  it.each([
    [[]],
    [['drem']],
    [['dream', '--proposal', '3']],
    [['dream', '--proposals', 'many']],
    [['ingest']],
    [['drop']],
    [['drop', 'two']],
    [['why', 'CLAUDE.md']],
    [['show', '--markdown', '--diff']],
    [['dream', '--now', 'tomorrow']],
  ])('%j', async (args) => {
    const { code, stderr, stdout } = await aRepository(memory).run(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/error: .+\n {2}\S/);
  });

  it('offers the verb that was meant', async () => {
    expect((await aCommand().run('statis')).stderr).toContain('Did you mean status?');
  });
});

describe('errors', () => {
  it('are JSON on stdout for scripts, and nothing else', async () => {
    const ran = await aCommand().run('status', '--json');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toBe('');
    expect(errorAnswer.parse(JSON.parse(ran.stdout)).error).toMatchObject({ code: 'repository' });
  });

  it('say that there is no repository, and what to do', async () => {
    const { code, stderr } = await aCommand().run('dream');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: there is no Git repository .+\n {2}Run "git init"/);
  });

  it('say that an empty repository has nothing to dream on', async () => {
    const { code, stderr } = await aRepository().run('dream');
    expect(code).toBe(1);
    expect(stderr).toContain('no commit yet');
  });

  it('name line and column of a bad config', async () => {
    const command = aRepository(memory);
    mkdirSync(join(command.folder, '.github'));
    writeFileSync(
      join(command.folder, '.github/dreamkeeper.yml'),
      'mode: manual\ndraem:\n  after: 3\nsync: 2\n',
    );
    const { code, stderr } = await command.run('dream');
    expect(code).toBe(1);
    expect(stderr).toContain('error: .github/dreamkeeper.yml:2:1 unknown key "draem"; did you mean "dream"?');
    expect(stderr).toContain('  .github/dreamkeeper.yml:4:7 sync:');
  });

  it.each([['accept'], ['reject'], ['drop', '1']])('%s: no dream is open', async (...args) => {
    const { code, stderr } = await aRepository(memory).run(...args);
    expect(code).toBe(1);
    expect(stderr).toContain('no dream is open');
  });

  it.each(['nowhere.md:1', 'CLAUDE.md:99', '../outside.md:1', '-x:1'])(
    'why %s: there is no such line',
    async (at) => {
      const { code } = await aRepository(memory).run('why', '--', at);
      expect(code).toBe(2);
    },
  );
});

describe('init', () => {
  it('writes a config that says the defaults, and never overwrites', async () => {
    const command = aRepository(memory);
    const first = initAnswer.parse(await command.json('init'));
    expect(first).toMatchObject({ written: true, memory: [{ path: 'CLAUDE.md', entries: 2 }] });
    expect((await command.run('status')).code).toBe(0);
    expect(initAnswer.parse(await command.json('init')).written).toBe(false);
  });

  it('tells a person what was found and what will happen', async () => {
    const { stdout } = await aRepository(memory).run('init');
    expect(stdout).toMatch(/CLAUDE\.md .*2 entries/);
    expect(stdout).toContain('dreamkeeper ingest');
  });

  it('works before there is any memory', async () => {
    expect(initAnswer.parse(await aRepository().json('init'))).toMatchObject({ written: true, memory: [] });
  });

  it('does not write through a link that leads out', async () => {
    const command = aRepository(memory);
    mkdirSync(join(command.folder, '../elsewhere'));
    symlinkSync('../elsewhere', join(command.folder, '.github'));
    const { code, stderr } = await command.run('init');
    expect(code).toBe(1);
    expect(stderr).toContain('leads out of the working tree');
  });
});

describe('ingest', () => {
  it('takes sessions in once', async () => {
    const command = aRepository(memory);
    const first = ingestAnswer.parse(await command.json('ingest', examples));
    expect(first).toMatchObject({ ingested: 8, unchanged: 0, refused: [] });
    expect(new Set(first.sessions.map(({ format }) => format)).size).toBe(4);
    expect(ingestAnswer.parse(await command.json('ingest', examples))).toMatchObject({
      ingested: 0,
      unchanged: 8,
    });
    expect(statusAnswer.parse(await command.json('status'))).toMatchObject({
      sessions: 8,
      waiting: 8,
      due: true,
    });
  });

  it('refuses what is no transcript, with the reason', async () => {
    const command = aRepository(memory);
    writeFileSync(join(command.folder, 'letter.txt'), 'Dear Ada,\n');
    const ran = await command.run('ingest', 'letter.txt', 'missing.jsonl', '--json');
    expect(ran.code).toBe(1);
    const { refused } = ingestAnswer.parse(JSON.parse(ran.stdout));
    expect(refused.map(({ path }) => path)).toEqual(['letter.txt', 'missing.jsonl']);
    for (const { reason } of refused) expect(reason.length).toBeGreaterThan(5);
  });

  it('finds paths from where the person stands, not from the repository', async () => {
    const command = aRepository(memory);
    const elsewhere = aCommand();
    writeFileSync(join(elsewhere.folder, 'note.txt'), 'x');
    const ran = await elsewhere.run('ingest', 'note.txt', '--repo', command.folder, '--json');
    expect(ingestAnswer.parse(JSON.parse(ran.stdout)).refused).toMatchObject([{ path: 'note.txt' }]);
  });
});

describe('lint', () => {
  it('finds nothing in a tidy memory', async () => {
    expect(lintAnswer.parse(await aRepository(memory).json('lint'))).toEqual({ findings: [] });
  });

  it('finds duplicates, and fails only when asked to', async () => {
    const command = aRepository({ 'CLAUDE.md': '- Use pnpm, never npm.\n- Never npm, use pnpm.\n' });
    expect(lintAnswer.parse(await command.json('lint')).findings.length).toBeGreaterThan(0);
    expect((await command.run('lint')).code).toBe(0);
    expect((await command.run('lint', '--strict')).code).toBe(1);
  });
});

describe('a terminal', () => {
  it('gets no colours in a pipe, unless they are forced', async () => {
    const command = aRepository({ 'CLAUDE.md': '- Use pnpm, never npm.\n- Never npm, use pnpm.\n' });
    const escape = String.fromCharCode(27);
    expect((await command.run('lint')).stdout).not.toContain(escape);
    expect((await command.in(command.folder, { FORCE_COLOR: '1' }).run('lint')).stdout).toContain(escape);
  });

  it('may close the pipe early', async () => {
    expect(await runIntoClosedPipe(aCommand(), '--help')).toBe(0);
  });
});
