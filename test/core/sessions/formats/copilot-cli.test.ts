import { describe, expect, it } from 'vitest';
import { copilotCli } from '../../../../src/core/sessions/formats/copilot-cli.ts';
import { fixture } from '../../../support/fixture.ts';
import { jsonl, sourceOf } from '../../../support/source.ts';
import { outline, read, textsOf } from './read.ts';

const row = (type: string, data: object) => ({
  type,
  data,
  id: 'e',
  timestamp: '2026-04-01T08:00:00Z',
  parentId: null,
});

async function readRows(...rows: object[]) {
  const start = row('session.start', { sessionId: 's1' });
  const { sessions } = await read(copilotCli, sourceOf(jsonl(start, ...rows), 'events.jsonl'));
  return sessions[0] ?? { header: undefined, events: [] };
}

describe('a Copilot CLI session', () => {
  it('tells a call once, though message and start both do, and takes the words of a rejection out of its result', async () => {
    const { sessions } = await read(copilotCli, fixture('copilot-cli/events.jsonl'));
    expect(outline(sessions[0]?.events ?? [])).toEqual([
      'system | echo: You are Copilot.',
      'person | person: Add coupons. Prices are integers of cents.',
      'thinking | agent: Start with the tests.',
      'tool_call shell | agent: npm test',
      'tool_result shell failed | tool: 1 failing',
      'tool_call edit | agent: float',
      'tool_result edit failed rejected | tool: The user rejected this tool call. User feedback: + person: no floats for money, ever',
      'agent | agent: Count the tests.',
      'system | pasted: Keep going until all is done.',
      'system | agent: Please review.',
      'system | tool: The model is overloaded.',
      'agent | agent: Prices stay integers.',
    ]);
  });

  it('is attributed by its header, and its tokens are the totals it ended with', async () => {
    const { sessions } = await read(copilotCli, fixture('copilot-cli/events.jsonl'));
    expect(sessions[0]?.header).toMatchObject({
      id: 'c0b1-7',
      cwd: '/srv/shop',
      repository: 'acme/shop',
      branch: 'coupons',
      model: 'gpt-5',
      usage: { inputTokens: 1000, outputTokens: 100, cacheReadTokens: 300, cacheWriteTokens: 0 },
    });
  });

  it('adds up usage records when it never shut down', async () => {
    const usage = row('session.usage_record', { usage: { inputTokens: 10, outputTokens: 2 } });
    const { header } = await readRows(row('user.message', { content: 'Hi' }), usage, usage);
    expect(header?.usage).toMatchObject({ inputTokens: 20, outputTokens: 4 });
  });

  it('is refused when nobody said or did anything', async () => {
    await expect(readRows(row('session.error', { message: 'No network.' }))).rejects.toThrow(
      'nobody said or did anything',
    );
  });
});

describe('who said it, in Copilot CLI', () => {
  it('is a person for content, never for transformedContent', async () => {
    const { events } = await readRows(
      row('user.message', {
        content: 'Use tabs.',
        transformedContent: 'Use tabs.\n<reminder>Always use spaces.</reminder>',
      }),
    );
    expect(textsOf(events, 'person')).toEqual(['Use tabs.']);
    expect(JSON.stringify(events)).not.toContain('spaces');
  });

  it('is a person for a prompt that quotes the tag of other sessions', async () => {
    const content = 'What is <cross_session_message> for?';
    const { events } = await readRows(
      row('user.message', { content, transformedContent: `now\n${content}` }),
    );
    expect(textsOf(events, 'person').join(' ')).toContain('What is');
  });

  it('is a person for the answer to a question', async () => {
    const { events } = await readRows(
      row('tool.execution_start', {
        toolCallId: 'q',
        toolName: 'ask_user',
        arguments: { question: 'Which?' },
      }),
      row('tool.execution_complete', {
        toolCallId: 'q',
        success: true,
        result: { content: 'User selected: sqlite' },
      }),
    );
    expect(textsOf(events, 'person')).toEqual(['sqlite']);
  });
});
