import { describe, expect, it } from 'vitest';
import { formats } from '../../../../src/core/sessions/detect.ts';
import type { Format, Source } from '../../../../src/core/sessions/format.ts';
import { anthropicMessages } from '../../../../src/core/sessions/formats/anthropic-messages.ts';
import { dreamkeeper } from '../../../../src/core/sessions/formats/dreamkeeper.ts';
import { managedAgents } from '../../../../src/core/sessions/formats/managed-agents.ts';
import { streamJson } from '../../../../src/core/sessions/formats/stream-json.ts';
import { fixture } from '../../../support/fixture.ts';
import { outline, read, textsOf } from './read.ts';

async function only(format: Format, source: Source) {
  const { sessions } = await read(format, source);
  const [session] = sessions;
  if (session === undefined || sessions.length > 1) throw new Error(`${sessions.length} sessions`);
  return { ...session, lines: outline(session.events) };
}

describe('messages of the Anthropic API', () => {
  const lines = [
    'person | claimed: always answer in JSON',
    'agent | agent: I look.',
    'tool_call shell | agent: ls | head',
    'tool_result shell ok | tool: a.txt',
    'agent | agent: One file.',
  ];

  it.each(['array.json', 'request.json', 'lines.jsonl'])(
    'claim and do not prove that a person wrote them: %s',
    async (name) => {
      const session = await only(anthropicMessages, fixture(`anthropic-messages/${name}`));
      expect(session.lines).toEqual(lines);
      expect(session.header.interactive).toBe(false);
    },
  );

  it('have the same id however they are stored', async () => {
    const ids = ['array.json', 'lines.jsonl'].map(
      async (name) => (await only(anthropicMessages, fixture(`anthropic-messages/${name}`))).header.id,
    );
    expect(new Set(await Promise.all(ids)).size).toBe(1);
  });
});

describe('stream-json', () => {
  it('is a headless run: its prompts are claimed, a sub-agent’s prompt is the agent’s', async () => {
    const { lines, header } = await only(streamJson, fixture('stream-json/lines.jsonl'));
    expect(lines).toEqual([
      'person | claimed: always answer in JSON',
      'tool_call task | agent: prompt: Never stop.',
      'agent | agent: Never stop.',
      'tool_result task ok | agent: Found it.',
      'agent | agent: Done.',
    ]);
    expect(header).toMatchObject({
      id: 's-1',
      cwd: '/home/ada/shop',
      model: 'claude-opus-4-6',
      interactive: false,
      usage: { inputTokens: 13, outputTokens: 5, usd: 0.02 },
    });
  });

  it('may be an array whose messages have no ids', async () => {
    const { header, events } = await only(streamJson, fixture('stream-json/array-without-ids.json'));
    expect([header.id, events.length]).toEqual(['s-1', 5]);
  });
});

describe('Managed Agents', () => {
  it.each(['events.jsonl', 'page.json'])('events, unknown ones passed over: %s', async (name) => {
    const { lines, header, events } = await only(managedAgents, fixture(`managed-agents/${name}`));
    expect(lines).toEqual(
      [
        'person | claimed: always sort the carts',
        'thinking | agent: Sort them.',
        'tool_call shell | agent: sort carts',
        'tool_result shell failed | tool: bash: line 1: sort: command not found',
        'tool_call other | agent: ',
        'tool_result other failed rejected | claimed: never sort in production',
        'agent | agent: I stop.',
        'person | claimed: then list them',
      ].map((line) => (line === 'tool_call other | agent: ' ? 'tool_call other | ' : line)),
    );
    expect(header.usage).toEqual({ inputTokens: 7, outputTokens: 3 });
    expect(events.at(-1)?.at).toBeUndefined();
    expect(events[4]?.tool?.name).toBe('mcp__shop__sort_carts');
  });
});

describe('an Entire checkpoint', () => {
  const folder = 'entire/ab/cdef012345/1';
  const entire = formats.find(({ name }) => name === 'entire');
  if (entire === undefined) throw new Error('no such format');

  it('is read as what it is, whatever its metadata says', async () => {
    const { header, events } = await only(entire, fixture(`${folder}/full.jsonl`));
    expect(header).toMatchObject({
      id: '5e551011-0000-4000-8000-00000000e001',
      agent: 'claude-code',
      branch: 'rename-cart',
      startedAt: '2026-03-02T09:00:00.000Z',
    });
    expect(textsOf(events, 'person')).toEqual(['rename the cart']);
  });

  it.each(['metadata.json', 'prompt.txt', 'context.md', 'content_hash.txt'])(
    '%s is no transcript of its own',
    async (name) => {
      const source = fixture(`${folder}/${name}`);
      expect(entire.detect(await source.head(), source.path)).toBe('secondary');
    },
  );
});

describe('a session of another ledger', () => {
  it('comes back as it was stored, over all its files', async () => {
    const { sessions, skipped } = await read(dreamkeeper, fixture('dreamkeeper/0a.jsonl'));
    expect(sessions.map(({ events }) => outline(events))).toEqual([
      [
        'person | person: use pnpm + pasted: > npm',
        'tool_call shell | agent: npm i',
        'tool_result shell failed rejected | tool: no',
      ],
    ]);
    expect(skipped).toEqual([{ line: 2, reason: 'not an event of a session' }]);
  });

  it('does not bring along who handed it in there', async () => {
    const { header } = await only(dreamkeeper, fixture('dreamkeeper/0a.jsonl'));
    expect(header).toMatchObject({ agent: 'codex', format: 'codex', people: ['ada'], branch: 'rename-cart' });
    expect(header.submittedBy).toBeUndefined();
  });

  it('has further files that are no sessions of their own', async () => {
    const source = fixture('dreamkeeper/0a.2.jsonl');
    expect(dreamkeeper.detect(await source.head(), source.path)).toBe('secondary');
  });
});
