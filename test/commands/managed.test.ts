/** A repository whose agents run at Anthropic, on the command line: each step is a process of its own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { personSays } from '../support/anthropic/sessions/session.ts';
import { anAnthropic } from '../support/anthropic/setting.ts';
import type { DreamStep } from '../support/anthropic/dreams/dream.ts';
import { aCommand } from '../support/command.ts';

const learned = 'The nightly job needs the replica to be awake.';
const before = '# Shop\n\n- Build with pnpm.\n';
const usage = { input_tokens: 40_000, output_tokens: 2_000, cache_read_input_tokens: 100_000 };
const done: DreamStep = { status: 'completed', usage, output: { '/CLAUDE.md': `${before}- ${learned}\n` } };

async function setUp(steps: readonly DreamStep[]) {
  const { anthropic } = await anAnthropic({ dream: () => steps });
  const store = anthropic.stores.create('memory of the agents');
  const says = (text: string): string => anthropic.sessions.add({ events: [personSays(text)] });
  const here = aCommand();
  const command = here.in(here.folder, {
    ANTHROPIC_API_KEY: anthropic.key,
    ANTHROPIC_BASE_URL: anthropic.url,
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
  });
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
      cwd: here.folder,
      encoding: 'utf8',
    });
  mkdirSync(join(here.folder, '.github'));
  writeFileSync(
    join(here.folder, '.github/dreamkeeper.yml'),
    `dream:\n  dreamer: managed\nmanaged:\n  agent: agent_0000000001\nsync:\n  store: ${store}\n`,
  );
  writeFileSync(join(here.folder, 'CLAUDE.md'), before);
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'Memory');
  return {
    anthropic,
    store,
    says,
    command,
    memory: () => readFileSync(join(here.folder, 'CLAUDE.md'), 'utf8'),
  };
}

const because = 'Careful: the nightly job needs the replica to be awake, because it reads from it.';

describe('dreams at Anthropic', () => {
  it('are proposed, accepted, and brought to the agents', async () => {
    const { anthropic, store, says, command, memory } = await setUp([done]);
    const session = says(because);
    expect(await command.json('dream')).toMatchObject({ outcome: 'proposed' });
    expect((await command.run('show')).stdout).toContain(learned);
    expect(await command.json('accept')).toMatchObject({ merged: [1], synced: { written: ['CLAUDE.md'] } });
    expect(memory()).toBe(`${before}- ${learned}\n`);
    expect(anthropic.stores.contents(store)).toEqual({ '/CLAUDE.md': memory() });
    expect((await command.run('why', 'CLAUDE.md:4')).stdout).toContain(session);
    expect(await command.json('dream')).toMatchObject({ outcome: 'nothing' });
  });

  it('go on where another process left them, and are paid once', async () => {
    const { anthropic, says, command } = await setUp([{ status: 'running', usage }, done]);
    says(because);
    expect(await command.json('dream', '--if-due')).toMatchObject({ outcome: 'deferred', reason: 'waiting' });
    expect(await command.json('dream', '--if-due')).toMatchObject({ outcome: 'proposed' });
    expect((await command.run('show')).stdout).toContain('142,000 tokens of a model, 0.22 USD');
    const asked = anthropic.requests.filter(({ operation }) => operation === 'beta.dreams.create');
    expect(asked).toHaveLength(1);
  });
});

it('is never begun to be thrown away', async () => {
  const { anthropic, says, command } = await setUp([done]);
  says(because);
  const { code, stderr } = await command.run('dream', '--dry-run');
  expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be dry') as string]);
  expect(anthropic.requests).toEqual([]);
});

describe('ingest --managed', () => {
  it('takes in what is new at Anthropic, and finds nothing the second time', async () => {
    const { says, command } = await setUp([done]);
    says(because);
    expect(await command.json('ingest', '--managed', '--dry-run')).toMatchObject({ ingested: 1 });
    expect(await command.json('ingest', '--managed')).toMatchObject({ ingested: 1 });
    const again = await command.run('ingest', '--managed');
    expect([again.code, again.stdout]).toEqual([0, '0 taken in, 0 unchanged, 0 refused\n']);
  });

  it('says what it needs', async () => {
    const { command } = await setUp([done]);
    const without = await command.in(command.folder, { ANTHROPIC_API_KEY: '' }).run('ingest', '--managed');
    expect([without.code, without.stderr]).toEqual([
      2,
      expect.stringContaining('ANTHROPIC_API_KEY') as string,
    ]);
    expect((await command.run('ingest')).stderr).toContain('there is nothing to take in');
  });
});
