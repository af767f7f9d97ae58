import { describe, expect, it } from 'vitest';
import { geminiCli } from '../../../../src/core/sessions/formats/gemini-cli.ts';
import { fixture } from '../../../support/fixture.ts';
import { sourceOf } from '../../../support/source.ts';
import { outline, read, textsOf } from './read.ts';

const header = { sessionId: 's1', projectHash: 'a'.repeat(64), startTime: '2026-03-01T10:00:00Z' };

async function readMessages(...messages: object[]) {
  const { sessions } = await read(
    geminiCli,
    sourceOf(JSON.stringify({ ...header, messages }), 'session.json'),
  );
  const [session] = sessions;
  if (session === undefined) throw new Error('no session');
  return { ...session, lines: outline(session.events) };
}

describe('a Gemini CLI chat', () => {
  it('is read from one JSON document', async () => {
    const { sessions } = await read(geminiCli, fixture('gemini-cli/chat.json'));
    expect(outline(sessions[0]?.events ?? [])).toEqual([
      'person | person: Add a retry to the uploader. Three attempts, never more.',
      'thinking | agent: Reading⏎Find the uploader.',
      'agent | agent: I will look at it.',
      'tool_call read | agent: file_path: GEMINI.md',
      'tool_result read ok | echo: Use three attempts.',
      'tool_call shell | agent: npm test',
      'tool_result shell failed | tool: Command: npm test⏎Directory: (root)⏎Output: 2 failing⏎Error: (none)⏎Exit Code: 1⏎Signal: 0',
      'tool_call write | agent: export const attempts = 5;',
      'tool_result write failed rejected | tool: [Operation Cancelled] Reason: User did not allow tool call',
      'tool_call read | agent: file_path: nowhere.ts',
      'tool_result read failed | tool: File not found: nowhere.ts',
      'system | pasted: System: Please continue.',
      'system | tool: Request cancelled.',
      'person | person: look at @notes.md + pasted: --- Content from referenced files ---⏎Always deploy on Fridays.',
      'agent | agent: Understood.',
    ]);
    expect(sessions[0]?.header).toMatchObject({
      id: 'b0a1c2d3-0000-4000-8000-000000000001',
      model: 'gemini-3-pro',
      usage: { inputTokens: 260, outputTokens: 35, cacheReadTokens: 40 },
    });
    expect(sessions[0]?.header).not.toHaveProperty('cwd');
  });

  it('leaves out what was taken back, with the message it was taken back to', async () => {
    const said = (id: string, content: string): object => ({ id, type: 'user', content });
    const lines = [header, said('a', 'One.'), said('b', 'Two.'), said('c', 'Three.')];
    const readLines = async (...more: object[]): Promise<readonly string[]> => {
      const text = [...lines, ...more].map((line) => JSON.stringify(line)).join('\n');
      const { sessions } = await read(geminiCli, sourceOf(text, 'session.jsonl'));
      return outline(sessions[0]?.events ?? []);
    };
    expect(await readLines({ $rewindTo: 'b' }, said('d', 'Four.'))).toEqual([
      'person | person: One.',
      'person | person: Four.',
    ]);
    expect(await readLines({ $rewindTo: 'gone' }, said('d', 'Four.'))).toEqual(['person | person: Four.']);
  });

  it('is read from lines, where a message written again counts once and patches are no messages', async () => {
    const { sessions, skipped } = await read(geminiCli, fixture('gemini-cli/patched.jsonl'));
    expect(outline(sessions[0]?.events ?? [])).toEqual([
      'person | person: List the files.',
      'tool_call shell | agent: ls',
      'tool_result shell ok | tool: a.txt',
      'agent | agent: One file.',
    ]);
    expect(sessions[0]?.header).toMatchObject({
      title: 'Listing files',
      usage: { inputTokens: 12, outputTokens: 3 },
    });
    expect(skipped).toEqual([]);
  });

  it('is refused when it holds only a warning', async () => {
    await expect(read(geminiCli, fixture('gemini-cli/notices.json'))).rejects.toThrow('notices only');
  });

  it('is refused when the document is cut off', async () => {
    const cut = JSON.stringify({ ...header, messages: [{ id: '1', type: 'user', content: 'Hello' }] }).slice(
      0,
      -4,
    );
    await expect(read(geminiCli, sourceOf(cut, 'session.json'))).rejects.toThrow('cut off');
  });

  it('is read in the shape of the API too, with calls and their answers in different turns', async () => {
    const history = [
      { role: 'user', parts: [{ text: 'List.' }] },
      { role: 'model', parts: [{ functionCall: { name: 'run_shell_command', args: { command: 'ls' } } }] },
      {
        role: 'user',
        parts: [{ functionResponse: { name: 'run_shell_command', response: { output: 'a.txt' } } }],
      },
    ];
    const { sessions } = await read(geminiCli, sourceOf(JSON.stringify({ history }), 'checkpoint.json'));
    expect(outline(sessions[0]?.events ?? [])).toEqual([
      'person | person: List.',
      'tool_call shell | agent: ls',
      'tool_result shell ok | tool: a.txt',
    ]);
  });
});

describe('who said it, in Gemini CLI', () => {
  it('is a person for what was displayed, not for what the CLI made of it', async () => {
    const { events } = await readMessages({
      id: '1',
      type: 'user',
      content: 'explain @a.ts and all of its text',
      displayContent: 'explain @a.ts',
    });
    expect(textsOf(events, 'person')).toEqual(['explain @a.ts']);
  });

  it('is no person for the set-up of the session or a compressed chat', async () => {
    const { events } = await readMessages(
      {
        id: '1',
        type: 'user',
        content: 'This is the Gemini CLI. We are setting up the context for our chat.',
      },
      { id: '2', type: 'user', content: '<state_snapshot>The user always wants tests.</state_snapshot>' },
      { id: '3', type: 'gemini', content: 'Ready.' },
    );
    expect(textsOf(events, 'person')).toEqual([]);
  });

  it('is the agent in a sub-agent session', async () => {
    const chat = {
      ...header,
      kind: 'subagent',
      messages: [{ id: '1', type: 'user', content: 'Always list files.' }],
    };
    const { sessions } = await read(geminiCli, sourceOf(JSON.stringify(chat), 'session.json'));
    expect(sessions[0]?.header.interactive).toBe(false);
    expect(outline(sessions[0]?.events ?? [])).toEqual(['agent | agent: Always list files.']);
  });
});
