/**
 * Text made to keep an expression busy. Each is 100 kB; what takes time quadratic in it takes minutes here, what is linear a
 * fraction of a second, so the limit can be generous to a busy machine.
 */
import { describe, expect, it, vi } from 'vitest';
import { gather } from '../../src/core/dream/gather/gather.ts';
import { hostilityOf } from '../../src/core/guard/hostile-text.ts';
import { lintStore } from '../../src/core/memory/lint/lint-store.ts';
import { parseStore } from '../../src/core/memory/parse.ts';
import { inert } from '../../src/core/review/inert.ts';
import { visible } from '../../src/core/review/visible.ts';
import { humanSpans } from '../../src/core/sessions/human-text.ts';
import { createRedactor } from '../../src/core/sessions/redact.ts';
import { specifics } from '../../src/core/text/specifics.ts';
import { relativeDates } from '../../src/core/text/dates.ts';
import { takeIn } from '../../src/take-in.ts';
import { jsonl, sourceOf } from '../support/source.ts';
import { storedSession } from '../support/stored-session.ts';
import { agent, edit, person, run, search, session } from '../support/session.ts';

const size = 100_000;
const limit = 8_000;
vi.setConfig({ testTimeout: 120_000 });

const units = [
  'a',
  ' ',
  '\n',
  '"',
  '“',
  '`',
  '(',
  '[',
  '<',
  '{',
  '*',
  '_',
  '-',
  '/',
  '\\',
  '.',
  '1',
  'é',
  ';',
  '>',
  'a.',
  'a/',
  'a_',
  'a-b-',
  'a: b\n',
  '[a](',
  '[](',
  '<a ',
  '<!--',
  '``',
  'http://',
  'a://b:',
  '\\"',
  '\r\n',
  'did you mean ',
  'add ',
  'not ',
  'error: ',
  'remember ',
  'ignore all ',
  'send to ',
  'npm install -a ',
  'eyJaaaaaaaaaaaa.',
  'sk-',
  'password=',
  '-----BEGIN PRIVATE KEY-----\n',
  'PuTTY-User-Key-File-2: a\n',
  '<system-reminder>',
  '<ide_selection>',
  '<b>\n',
  'Contents of CLAUDE',
  'memory/',
  'the user said:',
  'cat > a <<b\n',
  'a && ',
  '<<a',
  '"\\a',
  '*** Begin Patch\n',
  '1. ',
  '> - ',
  '- >',
];

const attacks = units.map((unit): [string] => [unit.repeat(Math.ceil(size / unit.length)).slice(0, size)]);
const named = (text: string): string => JSON.stringify(text.slice(0, 24));

async function slowest(read: (text: string) => unknown, most = size): Promise<string[]> {
  const slow: string[] = [];
  for (const [text] of attacks) {
    const from = performance.now();
    await read(text.slice(0, most));
    const took = performance.now() - from;
    if (took > limit) slow.push(`${named(text)}: ${Math.round(took)} ms`);
  }
  return slow;
}

/** A Claude Code recording that has the text wherever text can be. */
function recordingWith(text: string): string {
  const row = { sessionId: 'one', cwd: '/a', timestamp: '2026-03-01T12:00:00Z' };
  const use = (id: string, name: string, input: unknown) => ({ type: 'tool_use', id, name, input });
  const content = [
    { type: 'text', text },
    use('a', 'Bash', { command: text }),
    use('b', 'Edit', { file_path: text, old_string: text, new_string: text }),
    use('c', 'apply_patch', text),
  ];
  const result = { type: 'tool_result', tool_use_id: 'a', content: text, is_error: true };
  return jsonl(
    { ...row, type: 'user', message: { role: 'user', content: text } },
    { ...row, type: 'assistant', message: { id: 'm', role: 'assistant', content } },
    { ...row, type: 'user', message: { role: 'user', content: [result] } },
  );
}

const facts = {
  head: 'a'.repeat(40),
  paths: new Set(['CLAUDE.md']),
  deleted: new Map(),
  shallow: false,
  ignored: new Set<string>(),
  origins: new Map(),
};

describe('a hostile text of 100 kB keeps nobody busy:', () => {
  it('who takes a recording in', async () => {
    const redactor = createRedactor();
    const options = { redactor, detail: 'condensed', submittedBy: 'Ada' } as const;
    expect(await slowest((text) => takeIn(sourceOf(recordingWith(text)), options))).toEqual([]);
  });

  it('who tells typed from pasted', async () => {
    expect(await slowest(humanSpans)).toEqual([]);
  });

  it('who looks for secrets', async () => {
    const redactor = createRedactor();
    expect(await slowest((text) => redactor.find([text]))).toEqual([]);
  });

  it('who makes it visible, or looks for dates', async () => {
    expect(await slowest((text) => [visible(text), relativeDates(text)])).toEqual([]);
  });

  // An event on the ledger has 32 KiB at most, an operation 20,000 characters, and so have the texts of these.
  it('who gathers signals', async () => {
    const sessionWith = (text: string) =>
      session(
        { id: 'one', day: 1 },
        person(text),
        run(text, text, false),
        edit('/home/ada/app/CLAUDE.md', text, `${text}x`),
        agent(text),
        search(text, text),
      );
    expect(await slowest((text) => gather(sessionWith(text)), 16_000)).toEqual([]);
  });

  it('who guards a proposal', async () => {
    expect(await slowest((text) => [hostilityOf(text), specifics(text), inert(text)], 20_000)).toEqual([]);
  });

  it('who reads memory', async () => {
    const lint = (text: string) =>
      lintStore(parseStore([{ path: 'CLAUDE.md', text: `# A\n\n- Use b.\n- ${text}` }]), facts);
    expect(await slowest(lint, 50_000)).toEqual([]);
  });
});

it('makes no entry of what nobody can read', () => {
  const store = parseStore([
    { path: 'CLAUDE.md', text: `- Use pnpm.\n- ${'a'.repeat(6_000)}\n- Use make.\n` },
  ]);
  expect([...store.entries.values()].map(({ text }) => text)).toEqual(['Use pnpm.', 'Use make.']);
});

it('takes no lesson from a sentence that never ends', () => {
  const said = `Remember: ${'always use pnpm and '.repeat(200)}`;
  expect(gather(storedSession('one', [said, 'ok']))).toEqual([]);
});
