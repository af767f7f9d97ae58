/** What a person does after a dream is merged: bring something back, have something forgotten. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { demoAnswer, dreamAnswer, statusAnswer } from '../support/answers.ts';
import { lastingCommand, type Command } from '../support/command.ts';
import { scratchFolder } from '../support/repository.ts';

vi.setConfig({ testTimeout: 120_000 });

const start = lastingCommand();
let demo: z.infer<typeof demoAnswer>;
beforeAll(async () => {
  demo = demoAnswer.parse(await start.json('demo', '--dir', join(start.folder, 'sailings')));
  await start.in(demo.folder).run('accept');
}, 120_000);

function afterwards(): { folder: string; command: Command } {
  const folder = join(scratchFolder(), 'sailings');
  cpSync(demo.folder, folder, { recursive: true });
  return { folder, command: start.in(folder) };
}

const restored = z.object({ id: z.string(), file: z.string(), text: z.string(), written: z.boolean() });

it('brings a retired entry back into the working tree, by its id or its words', async () => {
  const { folder, command } = afterwards();
  const before = readFileSync(join(folder, 'memory/database.md'), 'utf8');
  expect(before).not.toContain('Redis');
  const answer = restored.parse(await command.json('restore', 'kept in Redis'));
  expect(answer).toMatchObject({ file: 'memory/database.md', written: true });
  expect(readFileSync(join(folder, 'memory/database.md'), 'utf8')).toContain(`- ${answer.text}\n`);
  writeFileSync(join(folder, 'memory/database.md'), before);
  expect(restored.parse(await command.json('restore', answer.id)).text).toBe(answer.text);
});

it('says where something is that no dream took out', async () => {
  const { command } = afterwards();
  const person = await command.run('restore', 'lags by up to 4 seconds');
  expect(person.code).toBe(2);
  expect(person.stderr).toMatch(/no dream has taken out/);
  expect(person.stderr).toMatch(/2026-09-14 {2}Mara Lindqvist/);
  expect((await command.run('restore', 'never was here')).stderr).toContain('Nor is it in the history');
});

it('forgets a session, and does not take it in again', async () => {
  const { folder, command } = afterwards();
  const session = demo.dream?.sessions[0] ?? '';
  const { sessions, remains } = z
    .object({ sessions: z.array(z.string()), dreams: z.array(z.string()), remains: z.array(z.string()) })
    .parse(await command.json('forget', session));
  expect(sessions).toEqual([session]);
  expect(remains.length).toBeGreaterThan(0);
  // git grep fails when it finds nothing.
  expect(() =>
    execFileSync('git', ['-C', folder, 'grep', session, 'dreamkeeper'], { stdio: 'ignore' }),
  ).toThrow();
  expect(statusAnswer.parse(await command.json('status')).sessions).toBe(7);
  const examples = join(import.meta.dirname, '..', '..', 'examples', 'sessions');
  const again = await command.json('ingest', examples);
  expect(again).toMatchObject({ refused: [expect.objectContaining({ path: expect.any(String) as string })] });
});

it('dreams on the merged memory without saying the same again', async () => {
  const { command } = afterwards();
  const next = dreamAnswer.parse(await command.json('dream', '--now', '2026-11-23'));
  const titles = demo.proposals.map(({ title }) => title);
  expect(next.proposals.filter(({ title }) => titles.includes(title))).toEqual([]);
});

it('keeps what a person has not committed', async () => {
  const folder = join(scratchFolder(), 'sailings');
  const fresh = start.in(start.folder);
  await fresh.run('demo', '--dir', folder);
  mkdirSync(join(folder, 'notes'));
  writeFileSync(join(folder, 'notes/mine.md'), 'mine\n');
  writeFileSync(join(folder, 'src/clock.ts'), '// mine\n');
  expect((await fresh.in(folder).run('accept')).code).toBe(0);
  expect(readFileSync(join(folder, 'notes/mine.md'), 'utf8')).toBe('mine\n');
  expect(readFileSync(join(folder, 'src/clock.ts'), 'utf8')).toBe('// mine\n');
});
