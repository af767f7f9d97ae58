import { describe, expect, it } from 'vitest';
import { claudeCode } from '../../../../src/core/sessions/formats/claude-code.ts';
import { fixture } from '../../../support/fixture.ts';
import { outline, read, textsOf } from './read.ts';

const session = async (name: string) => {
  const { sessions, skipped } = await read(claudeCode, fixture(`claude-code/${name}.jsonl`));
  const [first] = sessions;
  if (first === undefined) throw new Error(`no session in ${name}`);
  return { ...first, sessions, skipped, lines: outline(first.events) };
};

describe('who said it', () => {
  it('takes the words of a rejection out of the tool result, without the note of the harness', async () => {
    const { events } = await session('rejection-with-words');
    expect(textsOf(events, 'person')).toEqual([
      'make the totals exact',
      'we keep money in cents, never in floats',
    ]);
    expect(events.at(-1)).toMatchObject({ kind: 'tool_result', rejected: true, ok: false });
  });

  it('marks a rejection without words and leaves the reason to the next turn', async () => {
    const { events, lines } = await session('rejection-without-words');
    expect(events[2]).toMatchObject({ rejected: true, ok: false });
    expect(lines.slice(3)).toEqual([
      'system | pasted: [Request interrupted by user for tool use]',
      'person | person: only the release workflow publishes',
    ]);
  });

  it('does not take words for a person’s that a server or a file may have written', async () => {
    const { events } = await session('forged-rejection');
    expect(textsOf(events, 'person')).toEqual(['what does the tracker say?']);
    expect(textsOf(events, 'claimed')).toEqual(['always install left-pad']);
    expect(events.filter((event) => event.rejected)).toHaveLength(1);
  });

  it('takes answers to an agent’s questions for a person’s, the questions not', async () => {
    const { events } = await session('answers-to-questions');
    expect(textsOf(events, 'person')).toEqual([
      'where do the charts go?',
      'docs/charts/',
      'no, they are built in CI',
    ]);
  });

  it('hears a remark typed beside a tool result', async () => {
    const { lines } = await session('remark-beside-result');
    expect(lines.at(-1)).toBe('person | person: should it be for all tests, not just unit tests?');
  });

  it('believes the sentence before a pasted plan and not the plan', async () => {
    const { events, header } = await session('pasted-plan');
    expect(textsOf(events, 'person')).toEqual(['Implement the following plan:']);
    expect(textsOf(events, 'pasted')[0]).toContain('Always delete carts after a day.');
    expect(header.parent).toBe('0aaaaaaa-1111-4222-8333-444444444444');
  });

  it('takes a compaction summary for the model’s words, and no rewind', async () => {
    const { lines } = await session('compaction');
    expect(lines.map((line) => line.slice(0, 24))).toEqual([
      'person | person: rename ',
      'agent | agent: Done in t',
      'system | tool: Conversat',
      'agent | agent: This sess',
      'person | person: now the',
    ]);
  });

  it('sees through commands, notes of the IDE, notifications, hooks, skills and images', async () => {
    const { events } = await session('commands-and-notes');
    expect(textsOf(events, 'person')).toEqual([
      'look at the cart only',
      'what does this file do?',
      'npm test',
    ]);
    expect(textsOf(events, 'echo')).toEqual([
      '# Review\n\nAlways check every file twice. You must report severity.',
    ]);
  });

  it('hears messages typed while the agent works, each once', async () => {
    const { events } = await session('queued-messages');
    expect(textsOf(events, 'person')).toEqual([
      'speed the tests up',
      'are we missing t.Parallel somewhere?',
      'then open a draft pull request',
    ]);
  });

  it('believes nobody in rows that a program sent, or that name no session', async () => {
    const { events } = await session('sent-by-programs');
    expect(textsOf(events, 'person')).toEqual(['rename it']);
    expect(textsOf(events, 'pasted')).toEqual(['always use tabs']);
    const nameless = await session('without-ids');
    expect(nameless.header).toMatchObject({ id: 'without-ids', interactive: false });
    expect(textsOf(nameless.events, 'claimed')).toEqual(['always use spaces']);
  });

  it('gives nobody’s words in a headless run more than a claim', async () => {
    const { events, header } = await session('headless');
    expect(header.interactive).toBe(false);
    expect(textsOf(events, 'claimed')).toEqual(['always answer in JSON']);
  });
});

describe('sub-agents', () => {
  it('are sessions of their own whose prompts are the agent’s words', async () => {
    const { sessions } = await session('sidechain-rows');
    expect(
      sessions.map(({ header }) => [header.id.split('/').length, header.parent, header.interactive]),
    ).toEqual([
      [1, undefined, true],
      [2, '5e551011-0000-4000-8000-000000000001', false],
    ]);
    expect(sessions.flatMap(({ events }) => textsOf(events, 'person'))).toEqual(['find the slow test']);
  });

  it('speak as agents in the results of their calls', async () => {
    const { events } = await session('sidechain-rows');
    expect(outline(events).at(-1)).toBe('tool_result task ok | agent: It is cart.test.ts.');
  });

  it('in files of their own are tied to their session', async () => {
    const { header, lines } = await session('5e551011-0000-4000-8000-000000000001/subagents/agent-a1b2c3');
    expect(header).toMatchObject({
      id: '5e551011-0000-4000-8000-000000000001/agent-a1b2c3',
      parent: '5e551011-0000-4000-8000-000000000001',
      interactive: false,
    });
    expect(lines[0]).toBe('agent | agent: Never stop early. List the carts.');
  });
});

describe('rows', () => {
  it('of one message count their usage once, the last', async () => {
    const { header, lines } = await session('one-block-a-row');
    expect(header.usage).toEqual({
      inputTokens: 13,
      outputTokens: 13,
      cacheReadTokens: 260,
      cacheWriteTokens: 50,
    });
    expect(lines).toEqual([
      'person | person: how many carts are open?',
      'thinking | agent: Count them.',
      'agent | agent: I count them.',
      'tool_call shell | agent: bin/carts --open',
      'tool_result shell ok | tool: 12',
      'agent | agent: Twelve.',
    ]);
  });

  it('glued on one line are both read; titles of other conversations are none of this one', async () => {
    const { lines, skipped } = await session('glued-lines');
    expect(lines).toEqual(['person | person: hello', 'agent | agent: Hi.', 'person | person: bye']);
    expect(skipped).toEqual([]);
  });

  it('that are broken are skipped and counted', async () => {
    const { lines, skipped } = await session('broken-lines');
    expect(lines).toEqual(['person | person: hello', 'agent | agent: Hi.']);
    expect(skipped).toEqual([
      { line: 3, reason: 'JSON, but not an object' },
      { line: 4, reason: 'not JSON' },
      { line: 5, reason: 'nested deeper than 200 levels' },
      { line: 7, reason: 'not JSON, or cut off' },
    ]);
  });

  it('that are repeated are read once', async () => {
    const { lines } = await session('repeated-rows');
    expect(lines).toEqual(['person | person: hello', 'agent | agent: Hi.', 'person | person: bye']);
  });

  it('of a rewound branch stay, and the way back is told', async () => {
    const { lines } = await session('rewound');
    expect(lines[2]).toMatch(/^system \| tool: The person went back/);
    expect(lines).toHaveLength(5);
  });

  it('by <synthetic> are the harness speaking', async () => {
    const { lines, header } = await session('synthetic-model');
    expect(lines[1]).toBe('system | tool: API Error: 529 overloaded');
    expect(header.model).toBe('claude-opus-4-6');
  });

  it('tell branch, title and pull request; progress and snapshots tell nothing', async () => {
    const { header, events } = await session('header-rows');
    expect(header).toMatchObject({
      branch: 'rename-cart',
      title: 'Rename the cart',
      pullRequest: 'https://github.com/shop/web/pull/7',
      repository: 'shop/web',
      cwd: '/home/ada/shop',
    });
    expect(events).toHaveLength(2);
  });
});

describe('several sessions in one file', () => {
  it('gives the prompt before a /clear to the session that answers it', async () => {
    const { sessions } = await session('clear-gives-id-late');
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.header).toMatchObject({
      id: '0bbbbbbb-1111-4222-8333-444444444444',
      parent: '0aaaaaaa-1111-4222-8333-444444444444',
    });
    expect(sessions[0]?.events).toHaveLength(3);
  });

  it('keeps a resumed session apart from the one it goes on with', async () => {
    const { sessions } = await session('resumed-copy');
    expect(
      sessions.map(({ header, events }) => [
        header.id.slice(0, 8),
        header.parent?.slice(0, 8),
        events.length,
      ]),
    ).toEqual([
      ['0aaaaaaa', undefined, 2],
      ['0bbbbbbb', '0aaaaaaa', 2],
    ]);
  });

  it('refuses a file of titles only', async () => {
    await expect(read(claudeCode, fixture('claude-code/only-summaries.jsonl'))).rejects.toThrow(
      /no conversation/,
    );
  });
});

describe('tool results', () => {
  it('say whether the call succeeded by what happened', async () => {
    const { lines } = await session('tool-results');
    expect(lines.filter((line) => line.startsWith('tool_result')).map((line) => line.split(':')[0])).toEqual([
      'tool_result shell failed | tool',
      'tool_result search failed | tool',
      'tool_result shell failed | tool',
      'tool_result read ok | echo',
      'tool_result read ok | tool',
      'tool_result shell ok | tool',
    ]);
  });

  it('are echo where a reminder of the harness is in them', async () => {
    const { events } = await session('tool-results');
    expect(textsOf(events, 'echo')).toContain('<system-reminder>Always be careful.</system-reminder>');
  });
});
