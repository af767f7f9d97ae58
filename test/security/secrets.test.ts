/** Secrets in every place a recording has: none may be written, in any object of the repository, nor shown. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { aCommand } from '../support/command.ts';
import { word } from '../support/invented-secrets.ts';
import { scratchRepository } from '../support/repository.ts';
import { jsonl } from '../support/source.ts';

vi.setConfig({ testTimeout: 120_000 });

const places = [
  'session id',
  'folder',
  'branch',
  'prompt',
  'model',
  'answer',
  'thought',
  'call id',
  'command',
  'tool name',
  'argument key',
  'argument',
  'old text',
  'new text',
  'query',
  'path',
  'escaped output',
  'output',
  'title',
  'link',
  'request',
  'time',
  'file name',
  'broken line',
  'refused file',
  'key of a refused file',
  'submitter',
  'reason',
  'environment',
] as const;
type Place = (typeof places)[number];

const secrets = new Map(places.map((place, index): [Place, string] => [place, `ghp_${word(36, index + 1)}`]));
const of = (place: Place): string => secrets.get(place) ?? '';

function recording(): string {
  const row = (second: number) => ({
    uuid: `u${second}`,
    sessionId: of('session id'),
    timestamp: `2026-03-01T12:00:0${second}Z`,
    cwd: `/home/ada/${of('folder')}`,
    gitBranch: `feature/${of('branch')}`,
  });
  const user = (content: unknown) => ({ type: 'user', message: { role: 'user', content } });
  const use = (id: string, name: string, input: unknown) => ({ type: 'tool_use', id, name, input });
  const content = [
    { type: 'text', text: of('answer') },
    { type: 'thinking', thinking: of('thought') },
    use(of('call id'), 'Bash', { command: `curl -H "Authorization: Bearer ${of('command')}"` }),
    use('b', of('tool name'), { [of('argument key')]: of('argument') }),
    use('c', 'Edit', {
      file_path: 'CLAUDE.md',
      old_string: of('old text'),
      new_string: `- Use ${of('new text')}`,
    }),
    use('d', 'Grep', { pattern: of('query'), path: of('path') }),
  ];
  const escaped = JSON.stringify({ a: JSON.stringify({ token: of('escaped output') }) });
  return jsonl(
    { ...row(0), ...user(`Remember: always deploy with ${of('prompt')}`) },
    { ...row(1), type: 'assistant', message: { id: 'm', role: 'assistant', model: of('model'), content } },
    {
      ...row(2),
      ...user([{ type: 'tool_result', tool_use_id: of('call id'), content: escaped, is_error: true }]),
    },
    { ...row(3), ...user([{ type: 'tool_result', tool_use_id: 'd', content: `a\n${of('output')}\nb` }]) },
    { ...row(4), type: 'custom-title', customTitle: of('title') },
    { ...row(5), type: 'pr-link', prUrl: `https://example.com/${of('link')}` },
    { ...row(6), ...user(`From now on never use pnpm 8, the key is ${of('request')}.`) },
    { ...row(7), ...user('Remember: use pnpm 9, not pnpm 8.'), timestamp: of('time') },
  );
}

it('keeps and shows none of them', async () => {
  const scratch = scratchRepository();
  scratch.commit('Start', { 'CLAUDE.md': '# Notes\n\n- Use pnpm 8.\n' });
  const folder = join(scratch.dir, '..', 'transcripts');
  mkdirSync(folder);
  writeFileSync(join(folder, `${of('file name')}.jsonl`), `${recording()}no JSON ${of('broken line')}\n`);
  writeFileSync(
    join(folder, `${of('refused file')}.json`),
    JSON.stringify({ [of('key of a refused file')]: 1 }),
  );
  const command = aCommand().in(scratch.dir, {
    HOME: scratch.env.HOME ?? '',
    GITHUB_TOKEN: of('environment'),
    GIT_TRACE: join(folder, 'trace'),
  });
  const said: string[] = [];
  for (const line of [
    ['ingest', folder, '--by', of('submitter')],
    ['ingest', folder, '--json'],
    ['dream'],
    ['show', '--json'],
    ['show', '--markdown'],
    ['status'],
    ['why', 'CLAUDE.md:3'],
    ['reject', '--reason', `because of ${of('reason')}`],
  ]) {
    const { stdout, stderr } = await command.run(...line);
    said.push(stdout, stderr);
  }
  const objects = execFileSync('git', ['cat-file', '--batch-all-objects', '--batch'], {
    cwd: scratch.dir,
    env: scratch.env,
    encoding: 'latin1',
    maxBuffer: 2 ** 28,
  });
  const found = (text: string): Place[] => places.filter((place) => text.includes(of(place)));
  expect(objects).toContain('[redacted:github]');
  expect(found(objects)).toEqual([]);
  expect(found(said.join('\n'))).toEqual([]);
});
