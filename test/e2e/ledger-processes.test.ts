import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openRepository } from '../../src/git/repository.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { compileCache } from '../support/compile-cache.ts';
import { failingHooks } from '../support/hooks.ts';
import { scratchRepository } from '../support/repository.ts';
import type { Scratch } from '../support/repository.ts';
import { transcript } from '../support/transcript.ts';

const program = fileURLToPath(new URL('./ingest-process.ts', import.meta.url));

function start(scratch: Scratch, folders: readonly string[]): ChildProcess {
  const args = [program, scratch.dir, ...folders.map((folder) => join(scratch.dir, folder))];
  // A process group of its own, so that its git processes can be killed with it.
  return spawn(process.execPath, args, {
    env: { ...scratch.env, ...compileCache },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function finished(child: ChildProcess): Promise<string> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout?.resume();
  await once(child, 'close');
  return child.exitCode === 0 ? '' : `code ${child.exitCode ?? 'none'}: ${errors}`;
}

async function storedIn(scratch: Scratch) {
  const view = await openLedger(await openRepository(scratch.dir, scratch.env)).read();
  const ids = (await view.sessions()).map(({ summary }) => summary.id).sort();
  for (const id of ids) expect((await view.session(id))?.events).toHaveLength(2);
  return { ids, problems: await view.problems() };
}

describe('eight processes at once', () => {
  it('lose nothing', { timeout: 180_000 }, async () => {
    const scratch = scratchRepository();
    scratch.commit('base', { 'a.md': 'a' });
    const ran = failingHooks(scratch);
    const expected = ['shared'];
    const folders = Array.from({ length: 8 }, (_, writer) =>
      Array.from({ length: 3 }, (_each, n) => {
        const id = `session-${writer}-${n}`;
        expected.push(id);
        scratch.write(`in/${writer}-${n}/a.jsonl`, transcript(id, 'hello', 'hi'));
        scratch.write(`in/${writer}-${n}/shared.jsonl`, transcript('shared', 'hello', 'hi'));
        return `in/${writer}-${n}`;
      }),
    );
    const ends = await Promise.all(folders.map((each) => finished(start(scratch, each))));
    expect(ends).toEqual(ends.map(() => ''));
    expect(await storedIn(scratch)).toEqual({ ids: expected.sort(), problems: [] });
    expect(scratch.git('rev-list', '--count', 'dreamkeeper')).toBe('24');
    expect(scratch.git('fsck', '--full')).not.toMatch(/error|missing|broken/);
    expect(ran()).toBe(false);
  });
});

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // On a quick machine it was through before.
  }
}

describe('kill -9', () => {
  it('at any point leaves the ledger readable and the work repeatable', { timeout: 240_000 }, async () => {
    const scratch = scratchRepository();
    scratch.commit('base', { 'a.md': 'a' });
    const expected: string[] = [];
    const folders = Array.from({ length: 28 }, (_, n) => {
      const id = `session-${String(n).padStart(2, '0')}`;
      expected.push(id);
      scratch.write(`in/${n}/a.jsonl`, transcript(id, 'hello', 'hi'));
      return `in/${n}`;
    });
    let before = 0;
    for (let round = 0; round < 12; round += 1) {
      const child = start(scratch, folders.slice(round * 2));
      const closed = once(child, 'close');
      if (child.stdout !== null) await Promise.race([once(child.stdout, 'data'), closed]);
      await sleep((round * 83) % 400);
      if (child.pid !== undefined) killGroup(child.pid);
      await closed;
      const { ids, problems } = await storedIn(scratch);
      expect(problems).toEqual([]);
      expect(ids.length).toBeGreaterThanOrEqual(before);
      before = ids.length;
    }
    expect(await finished(start(scratch, folders))).toBe('');
    expect((await storedIn(scratch)).ids).toEqual(expected);
    expect(scratch.git('fsck', '--full')).not.toMatch(/error|missing|broken/);
    expect(scratch.git('status', '--porcelain', '--', 'a.md')).toBe('');
  });
});
