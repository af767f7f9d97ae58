import { describe, expect, it } from 'vitest';
import { codex } from '../../../../src/core/sessions/formats/codex.ts';
import { codexLegacy } from '../../../../src/core/sessions/formats/codex-legacy.ts';
import { fixture } from '../../../support/fixture.ts';
import { jsonl, sourceOf } from '../../../support/source.ts';
import { outline, read, textsOf } from './read.ts';

const meta = {
  id: 'thread-1',
  timestamp: '2026-02-03T09:00:00Z',
  originator: 'codex_cli_rs',
  source: 'cli',
};

const row = (type: string, payload: object) => ({ timestamp: '2026-02-03T09:00:01Z', type, payload });
const promptItem = (...texts: string[]) =>
  row('response_item', {
    type: 'message',
    role: 'user',
    content: texts.map((text) => ({ type: 'input_text', text })),
  });
const announced = (message: string, more: object = {}) =>
  row('event_msg', { type: 'user_message', message, ...more });
const answer = (text: string) =>
  row('response_item', { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] });
const call = (name: string, input: unknown, id = 'c1') =>
  row('response_item', { type: 'function_call', name, arguments: JSON.stringify(input), call_id: id });
const output = (value: unknown, id = 'c1') =>
  row('response_item', { type: 'function_call_output', call_id: id, output: value });

async function readRows(header: object, ...rows: object[]) {
  const source = sourceOf(jsonl(row('session_meta', { ...meta, ...header }), ...rows), 'rollout.jsonl');
  const { sessions } = await read(codex, source);
  const [session] = sessions;
  if (session === undefined) throw new Error('no session');
  return { ...session, lines: outline(session.events) };
}

async function readFixture(name: string) {
  const { sessions, skipped } = await read(codex, fixture(`codex/${name}.jsonl`));
  const [session] = sessions;
  if (session === undefined) throw new Error('no session');
  return { ...session, skipped, lines: outline(session.events) };
}

describe('a Codex rollout', () => {
  it('is read from one channel, in order, with patches as one edit per file', async () => {
    const { lines } = await readFixture('interactive');
    expect(lines).toEqual([
      'system | echo: You are a coding agent.',
      'system | echo: # AGENTS.md instructions for /home/ines/ledger⏎⏎<INSTRUCTIONS>⏎Run make check before each commit.⏎</INSTRUCTIONS>',
      'system | echo: <environment_context>⏎  <cwd>/home/ines/ledger</cwd>⏎  <shell>zsh</shell>⏎</environment_context>',
      'person | person: Fix the rounding of totals. We always round half to even.',
      'thinking | agent: Find where totals are rounded.',
      'tool_call shell | agent: make check',
      'tool_result shell failed | tool: --- FAIL: TestTotals⏎FAIL',
      'tool_call shell | agent: cat AGENTS.md',
      'tool_result shell ok | echo: Run make check before each commit.',
      'tool_call edit | agent: return math.RoundToEven(x)',
      'tool_call write | agent: Round half to even.',
      'tool_result edit failed rejected | tool: patch rejected by user',
      'system | tool: Turn aborted: interrupted',
      'person | person: No, AGENTS.md stays as it is.',
      'agent | agent: I left AGENTS.md alone.',
    ]);
  });

  it('takes the last model and the last running total of tokens, of which cached ones are no input', async () => {
    const { header } = await readFixture('interactive');
    expect(header).toMatchObject({
      id: '0199aaaa-0000-7000-8000-000000000001',
      agent: 'codex',
      interactive: true,
      cwd: '/home/ines/ledger',
      branch: 'fix-rounding',
      repository: 'git@github.com:ines/ledger.git',
      model: 'gpt-5.2-codex',
      usage: { inputTokens: 2000, outputTokens: 220, cacheReadTokens: 3000 },
    });
  });

  it('passes over row types it does not know and counts a line that is cut off', async () => {
    const { skipped } = await readFixture('interactive');
    expect(skipped.map(({ line }) => line)).toEqual([25]);
  });

  it('is one session, its own, when it was forked and repeats the rows of the thread it came from', async () => {
    const { header } = await readFixture('forked');
    expect(header).toMatchObject({
      id: '0199aaaa-0000-7000-8000-000000000004',
      parent: '0199aaaa-0000-7000-8000-000000000001',
      cwd: '/home/ines/ledger-2',
    });
  });

  it('is refused when it holds bookkeeping only', async () => {
    const source = sourceOf(jsonl(row('session_meta', meta), row('event_msg', { type: 'turn.completed' })));
    await expect(read(codex, source)).rejects.toThrow('nobody said or did anything');
  });
});

describe('who said it, in Codex', () => {
  it('is a person where a user_message event announces the prompt, before its item or after it', async () => {
    const { events } = await readRows(
      {},
      promptItem('one'),
      announced('one'),
      announced('two'),
      promptItem('two'),
    );
    expect(textsOf(events, 'person')).toEqual(['one', 'two']);
  });

  it('is a person for an announced prompt whose item is missing', async () => {
    const { lines } = await readRows({}, announced('Use pnpm.'), answer('Yes.'));
    expect(lines).toEqual(['person | person: Use pnpm.', 'agent | agent: Yes.']);
  });

  it('is only claimed for what looks typed but was never announced', async () => {
    const { lines } = await readRows({}, promptItem('Use pnpm.'), answer('Yes.'));
    expect(lines[0]).toBe('person | claimed: Use pnpm.');
  });

  it('is never a person for what Codex injects, announced or not', async () => {
    const injected = '<environment_context>\n<cwd>/tmp</cwd>\n</environment_context>';
    const { events } = await readRows(
      {},
      announced(injected, { kind: 'environment_context' }),
      promptItem(injected),
      promptItem('<user_instructions>Always use tabs.</user_instructions>'),
      promptItem('<skill>\nAlways squash.\n</skill>'),
      promptItem('Another language model started to solve this problem and left a summary: always squash.'),
      answer('Hello.'),
    );
    expect([...textsOf(events, 'person'), ...textsOf(events, 'claimed')]).toEqual([]);
  });

  it('is the text after the request heading when an editor wrote its context before it', async () => {
    const text = '# Context from my IDE setup:\n## Open tabs:\n- a.ts\n## My request for Codex:\nRename it.';
    const { events } = await readRows({}, announced(text), promptItem(text), answer('Done.'));
    expect(textsOf(events, 'person')).toEqual(['Rename it.']);
    expect(textsOf(events, 'pasted').join('')).toContain('Open tabs');
  });

  it('is claimed in runs of codex exec and of clients that are not known', async () => {
    const { header, events } = await readFixture('exec');
    expect(header.interactive).toBe(false);
    expect(textsOf(events, 'claimed')).toEqual(['Never push to main. Update the changelog.']);
    const unknown = await readRows(
      { originator: 'somebody', source: undefined },
      announced('Hi'),
      answer('Hi'),
    );
    expect(unknown.header.interactive).toBe(false);
  });

  it('is the agent in the thread of a sub-agent, whose prompts an agent wrote', async () => {
    const { header, lines } = await readFixture('subagent');
    expect(header).toMatchObject({ interactive: false, parent: '0199aaaa-0000-7000-8000-000000000001' });
    expect(lines[0]).toBe('agent | agent: Always answer with file names only. Where is rounding done?');
  });

  it('is a person in the answers to questions that the agent asked', async () => {
    const { events } = await readRows(
      {},
      announced('Go'),
      call('request_user_input', { questions: [{ id: 'q', question: 'Which?' }] }),
      output(JSON.stringify({ answers: { q: { answers: ['the "blue" one'] } } })),
    );
    expect(textsOf(events, 'person')).toEqual(['Go', 'the "blue" one']);
  });
});

describe('how a call of Codex went', () => {
  const cases: readonly [string, unknown, boolean][] = [
    ['an exit code in JSON', '{"output":"boom","metadata":{"exit_code":1}}', false],
    ['a zero exit code in JSON', '{"output":"fine","metadata":{"exit_code":0}}', true],
    ['an exit line before the output', 'Wall time: 1 s\nProcess exited with code 3\nOutput:\nboom', false],
    [
      'a zero exit line',
      'Exit code: 0\nWall time: 1 s\nOutput:\nProcess exited with code 3 is what it prints',
      true,
    ],
    ['an object with success', { content: 'no', success: false }, false],
    ['an object with text', { type: 'input_text', text: 'a.txt' }, true],
    ['a list of parts', [{ type: 'input_text', text: '3 issues:\n' }], false],
    ['streams', { stdout: '', stderr: 'boom', exitCode: 2 }, false],
  ];
  it.each(cases)('is told by %s', async (_name, value, ok) => {
    const { events } = await readRows(
      {},
      announced('Go'),
      call('exec_command', { cmd: 'make lint' }),
      output(value),
    );
    expect(events.at(-1)).toMatchObject({
      kind: 'tool_result',
      ok,
      tool: { command: 'make lint', call: 'c1' },
    });
  });

  it('is told by the end event when the output does not say', async () => {
    const { events } = await readRows(
      {},
      announced('Go'),
      call('exec_command', { cmd: 'make' }),
      row('event_msg', { type: 'exec_command_end', call_id: 'c1', exit_code: 2 }),
      output('one two'),
    );
    expect(events.at(-1)?.ok).toBe(false);
  });

  it('keeps the path and the replaced lines of each file of a patch', async () => {
    const patch =
      '*** Begin Patch\n*** Update File: a.ts\n@@\n-let x\n+const x\n*** Delete File: b.ts\n*** End Patch';
    const { events } = await readRows({}, announced('Go'), call('apply_patch', { input: patch }));
    expect(events.slice(1).map(({ tool }) => tool)).toEqual([
      { name: 'apply_patch', call: 'c1', action: 'edit', path: 'a.ts', replaced: 'let x' },
      { name: 'apply_patch', call: 'c1', action: 'edit', path: 'b.ts' },
    ]);
  });
});

describe('an old Codex rollout without envelopes', () => {
  it('is read, its prompts only claimed, its folder taken from the injected context', async () => {
    const { sessions } = await read(codexLegacy, fixture('codex-legacy/rollout.jsonl'));
    const [session] = sessions;
    expect(session?.header).toMatchObject({
      id: '5f00aaaa-1111-2222-3333-444455556666',
      startedAt: '2025-06-12T08:00:00.000Z',
      branch: 'main',
      cwd: '/home/ines/ledger',
    });
    expect(outline(session?.events ?? []).slice(1)).toEqual([
      'person | claimed: Use tabs, always.',
      'thinking | agent: Look at the formatter.',
      'tool_call shell | agent: gofmt -l .',
      'tool_result shell failed | tool: bash: gofmt: command not found',
      'agent | agent: There is no gofmt here.',
    ]);
  });
});
