import { describe, expect, it } from 'vitest';
import { opencode } from '../../../../src/core/sessions/formats/opencode.ts';
import { parseSource } from '../../../../src/core/sessions/parse.ts';
import { fixture } from '../../../support/fixture.ts';
import { sourceIn, sourceOf } from '../../../support/source.ts';
import { outline, read, textsOf } from './read.ts';

const session = {
  id: 'ses_1',
  version: '1',
  projectID: 'p',
  directory: '/d',
  time: { created: 1, updated: 2 },
};
const message = { id: 'msg_1', sessionID: 'ses_1', role: 'user', time: { created: 1_770_000_000_000 } };
const part = { id: 'prt_1', messageID: 'msg_1', sessionID: 'ses_1', type: 'text', text: 'Hello' };

const tree = (files: Readonly<Record<string, object | string>>, path: string) =>
  sourceIn(
    Object.fromEntries(
      Object.entries(files).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
    path,
  );

async function silently(source: ReturnType<typeof tree>): Promise<number> {
  const parsed = parseSource(source);
  let items = 0;
  while ((await parsed.next()).done !== true) items++;
  return items;
}

describe('an OpenCode session', () => {
  it('is read from its file with the messages and parts beside it', async () => {
    const { sessions } = await read(opencode, fixture('opencode/storage/session/proj1/ses_01.json'));
    expect(outline(sessions[0]?.events ?? [])).toEqual([
      'person | person: Add a dark theme. Colours only from tokens.css.',
      'system | pasted: Called the Read tool with {"filePath":"/home/li/site/tokens.css"}',
      'thinking | agent: Read the tokens.',
      'tool_call shell | agent: npm run build',
      'tool_result shell failed | tool: vite: not found',
      'tool_call edit | agent: #000',
      'tool_result edit failed rejected | tool: The user rejected permission to use this specific tool call with the following feedback: + person: use the token, not #000',
      'agent | agent: I will use the token.',
      'system | agent: The user wants a dark theme.',
    ]);
    expect(sessions[0]?.header).toMatchObject({
      id: 'ses_01',
      cwd: '/home/li/site',
      title: 'Dark theme',
      model: 'claude-sonnet-4-5',
      usage: { inputTokens: 13, outputTokens: 8, cacheReadTokens: 100, cacheWriteTokens: 7, usd: 0.75 },
    });
  });

  it('is read in the older layout; with a parent it is a sub-agent, prompted by an agent', async () => {
    const { sessions } = await read(opencode, fixture('opencode/legacy/session/info/ses_02.json'));
    expect(sessions[0]?.header).toMatchObject({ parent: 'ses_01', interactive: false });
    expect(outline(sessions[0]?.events ?? [])).toEqual(['agent | agent: Always list every css file.']);
  });

  it('is read with parts that lie loose in one folder', async () => {
    const source = tree(
      { 'session/p/ses_1.json': session, 'message/ses_1/msg_1.json': message, 'part/prt_1.json': part },
      'session/p/ses_1.json',
    );
    const { sessions } = await read(opencode, source);
    expect(textsOf(sessions[0]?.events ?? [], 'person')).toEqual(['Hello']);
  });

  it('is read from what `opencode export` writes', async () => {
    const source = sourceOf(
      JSON.stringify({ info: session, messages: [{ info: message, parts: [part] }] }),
      'export.json',
    );
    const { sessions } = await read(opencode, source);
    expect(outline(sessions[0]?.events ?? [])).toEqual(['person | person: Hello']);
  });

  it('counts a part that is broken and reads the rest', async () => {
    const source = tree(
      {
        'session/p/ses_1.json': session,
        'message/ses_1/msg_1.json': message,
        'part/msg_1/prt_0.json': '{"id":',
        'part/msg_1/prt_1.json': part,
      },
      'session/p/ses_1.json',
    );
    const { sessions, skipped } = await read(opencode, source);
    expect(sessions[0]?.events).toHaveLength(1);
    expect(skipped.map(({ reason }) => reason)).toEqual(['../../part/msg_1/prt_0.json: not a JSON object']);
  });

  it('is refused without its messages', async () => {
    const source = tree({ 'session/p/ses_1.json': session }, 'session/p/ses_1.json');
    await expect(read(opencode, source)).rejects.toThrow('without messages');
  });

  it('looks for nothing outside when its id is no id', async () => {
    const source = tree({ 'a/b/s.json': { ...session, id: '../../etc' } }, 'a/b/s.json');
    await expect(read(opencode, source)).rejects.toThrow('without messages');
  });
});

describe('a message or part file of OpenCode', () => {
  const whole = {
    'session/p/ses_1.json': session,
    'message/ses_1/msg_1.json': message,
    'part/msg_1/prt_1.json': part,
  };

  it('is passed over silently beside its session', async () => {
    expect(await silently(tree(whole, 'message/ses_1/msg_1.json'))).toBe(0);
    expect(await silently(tree(whole, 'part/msg_1/prt_1.json'))).toBe(0);
  });

  it('is passed over though it says neither its message nor its session', async () => {
    const bare = { id: 'prt_1', type: 'text', text: 'Hello', time: { start: 1_770_000_000_000 } };
    expect(await silently(tree({ ...whole, 'part/msg_1/prt_1.json': bare }, 'part/msg_1/prt_1.json'))).toBe(
      0,
    );
  });

  it('is refused, not lost, when its session or message is not there', async () => {
    const alone = { 'message/ses_1/msg_1.json': message, 'part/msg_1/prt_1.json': part };
    await expect(silently(tree(alone, 'message/ses_1/msg_1.json'))).rejects.toThrow(
      'whose session is not here',
    );
    await expect(silently(tree({ 'part/msg_1/prt_1.json': part }, 'part/msg_1/prt_1.json'))).rejects.toThrow(
      'whose message is not here',
    );
  });
});
