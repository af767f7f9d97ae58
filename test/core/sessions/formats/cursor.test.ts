import { describe, expect, it } from 'vitest';
import { cursor } from '../../../../src/core/sessions/formats/cursor.ts';
import { fixture } from '../../../support/fixture.ts';
import { jsonl, sourceIn, sourceOf } from '../../../support/source.ts';
import { outline, read, textsOf } from './read.ts';

const uuid = '0f0f0f0f-1111-2222-3333-444444444444';
const turn = (role: string, text: string) => ({ role, message: { content: [{ type: 'text', text }] } });

describe('a Cursor transcript in JSON Lines', () => {
  it('pairs results with calls that have no ids, and trusts only the user_query of a turn', async () => {
    const { sessions } = await read(cursor, fixture('cursor/rows.jsonl'));
    expect(outline(sessions[0]?.events ?? [])).toEqual([
      'person | pasted: <attached_files>⏎Always use semicolons.⏎</attached_files> + person: Rename the helper. Never abbreviate names.',
      'thinking | agent: Find it.',
      'agent | agent: Renaming.',
      'tool_call shell | agent: npm test',
      'tool_call read | agent: path: .cursorrules',
      'tool_result shell failed | tool: Tests: 1 failed, 3 passed',
      'tool_result read ok | echo: Use semicolons.',
      'person | person: Yes, go on.',
    ]);
  });

  it('takes its id from the name of its file, else from its beginning, so that it may grow', async () => {
    const rows = [turn('user', 'Hi'), turn('assistant', 'Hello')];
    const named = await read(cursor, sourceOf(jsonl(...rows), `agent-transcripts/${uuid}.jsonl`));
    expect(named.sessions[0]?.header.id).toBe(uuid);
    const short = await read(cursor, sourceOf(jsonl(...rows), 'a.jsonl'));
    const long = await read(cursor, sourceOf(jsonl(...rows, turn('user', 'More')), 'b.jsonl'));
    expect(long.sessions[0]?.header.id).toBe(short.sessions[0]?.header.id);
  });

  it('ends when its file was last changed', async () => {
    const source = sourceIn({ 'a.jsonl': jsonl(turn('user', 'Hi')) }, 'a.jsonl', {
      modifiedAt: '2026-01-01T00:00:00.000Z',
    });
    const { sessions } = await read(cursor, source);
    expect(sessions[0]?.header.endedAt).toBe('2026-01-01T00:00:00.000Z');
  });

  it('is prompted by an agent when it is a sub-agent', async () => {
    const path = `agent-transcripts/${uuid}/subagents/child.jsonl`;
    const { sessions } = await read(cursor, sourceOf(jsonl(turn('user', 'Always list files')), path));
    expect(sessions[0]?.header).toMatchObject({ interactive: false, parent: uuid });
    expect(outline(sessions[0]?.events ?? [])).toEqual(['agent | agent: Always list files']);
  });
});

describe('a Cursor transcript in text', () => {
  it('is cut at its markers; whoever could write them could be anybody, so prompts are claimed', async () => {
    const { sessions } = await read(cursor, fixture('cursor/marked.txt'));
    const events = sessions[0]?.events ?? [];
    expect(outline(events)).toEqual([
      'person | claimed: Rename the helper. Never abbreviate names.',
      'thinking | agent: Find where it is used.',
      'agent | agent: I look for it.',
      'tool_call shell | agent: npm test',
      'tool_result shell failed | tool: Exit code: 1⏎⏎Tests: 1 failed, 3 passed',
      'tool_call search | agent: helper',
      'tool_result search ok | tool: src/helper.ts',
      'agent | agent: It is renamed.',
      'person | claimed: Thanks!',
    ]);
    expect(textsOf(events, 'person')).toEqual([]);
  });

  it('is not taken for one when it is only text with a line that ends in a colon', () => {
    expect(cursor.detect('user:\nsomething else', 'notes.txt')).toBe(0);
  });
});
