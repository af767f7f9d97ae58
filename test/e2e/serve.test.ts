/** `dreamkeeper serve` with its own database, as the person who runs it sees it. */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aCommand } from '../support/command.ts';
import { scratchFolder } from '../support/repository.ts';
import { startServe } from '../support/serve-process.ts';
import { servedFolder } from '../support/served.ts';
import { transcript } from '../support/transcript.ts';

const soon = { timeout: 30_000, interval: 200 };

/** As root, PostgreSQL is another user, who must find its way. */
function openFolder(): string {
  const folder = scratchFolder();
  chmodSync(folder, 0o711);
  return folder;
}

describe('serve', () => {
  it('dreams about what is dropped, answers probes, and stops cleanly', { timeout: 90_000 }, async () => {
    const top = openFolder();
    const served = servedFolder(top);
    const logs = join(top, 'logs');
    mkdirSync(logs, { mode: 0o711 });
    served.add('shop', {
      'CLAUDE.md': '# Memory\n\n- Use pnpm, not npm.\n',
      '.github/dreamkeeper.yml': 'dream:\n  sessions: 1\n  apart: 0\n',
    });
    served.drop(
      'shop',
      'one.jsonl',
      transcript('s-1', 'Remember: always run `pnpm lint` before a commit.', 'I will.'),
    );
    const serve = startServe({ repos: served.folder, logs, args: ['--port', '0', '--sweep', '2'] });
    onTestFinished(() => serve.kill());

    await vi.waitFor(() => expect(serve.port()).toBeGreaterThan(0), soon);
    const at = `http://127.0.0.1:${serve.port()}`;
    expect((await fetch(`${at}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${at}/readyz`)).json()).toMatchObject({ status: 'ready' });
    await vi.waitFor(
      () => expect(served.git('shop', 'branch', '--list', 'dream/*')).toMatch(/dream\//),
      soon,
    );
    await vi.waitFor(
      async () =>
        expect(await (await fetch(`${at}/metrics`)).text()).toMatch(
          /dreamkeeper_jobs_total\{kind="dream",end="done"\} [1-9]/,
        ),
      soon,
    );

    const jobs = aCommand().in(top, { DREAMKEEPER_DATA: join(logs, 'data') });
    const listed = await jobs.run('jobs', '--kind', 'ingest', '--json');
    expect(listed.code).toBe(0);
    expect(JSON.parse(listed.stdout)).toMatchObject({
      jobs: expect.arrayContaining([
        expect.objectContaining({ kind: 'ingest', state: 'done', repository: 'shop' }),
      ]) as unknown,
    });
    const { jobs: found } = JSON.parse(listed.stdout) as { jobs: readonly { id: string }[] };
    const id = found[0]?.id ?? '';
    expect((await jobs.run('jobs', 'show', id)).stdout).toContain(id);
    expect(await jobs.run('jobs', 'cancel', id)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('is over') as string,
    });

    const asked = performance.now();
    expect(await serve.stop()).toBe(0);
    expect(performance.now() - asked).toBeLessThan(20_000);
    expect(existsSync(join(logs, 'data/connection'))).toBe(false);
  });

  it('says what is wrong with how it was started', async () => {
    const command = aCommand();
    expect(await command.run('serve', '--role', 'worker')).toMatchObject({ code: 2 });
    expect(await command.run('serve', '--repos', 'nowhere')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no folder') as string,
    });
    expect(await command.run('serve', '--repos', '.', '--role', 'king')).toMatchObject({ code: 2 });
    expect(await command.run('serve', '--repos', '.', '--lease', '5')).toMatchObject({ code: 2 });
  });

  it('says so when its database cannot be reached', async () => {
    const command = aCommand().in('.', { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/x' });
    const { code, stderr } = await command.run('serve', '--repos', '.');
    expect(code).toBe(1);
    expect(stderr).toContain('the database of the queue cannot be reached');
  });
});

describe('jobs', () => {
  it('says where to look when there is no queue', async () => {
    const command = aCommand();
    const { code, stdout } = await command.run('jobs', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'database', message: 'there is no queue to look at' },
    });
  });

  it.each([[['show']], [['retry']], [['cancel']], [['dance']], [['--state', 'lost']]])(
    'refuses %j',
    async (args) => {
      expect((await aCommand().run('jobs', ...args)).code).toBe(2);
    },
  );
});
