import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../src/core/sessions/redact.ts';
import { redactEvents, redactHeader } from '../../../src/core/sessions/redact-session.ts';
import type { Event, SessionHeader } from '../../../src/core/sessions/session.ts';
import { word } from '../../support/invented-secrets.ts';

const redactor = createRedactor();
const token = `ghp_${word(36)}`;
const header: SessionHeader<string> = {
  id: 's1',
  agent: 'codex',
  format: 'codex',
  interactive: true,
  people: ['ana'],
};

test('every text of an event is searched', async () => {
  const event: Event<string> = {
    n: 1,
    kind: 'tool_call',
    spans: [{ text: `a ${token}`, trust: 'agent' }],
    tool: {
      name: token,
      action: 'shell',
      call: token,
      command: `x ${token}`,
      path: token,
      query: token,
      replaced: token,
    },
  };
  const { events, redactions } = await redactEvents(redactor, [event]);
  expect(JSON.stringify(events)).not.toContain(token);
  expect(redactions).toBe(7);
  expect(events[0]).toMatchObject({
    n: 1,
    spans: [{ text: 'a [redacted:github]', trust: 'agent' }],
    tool: { action: 'shell' },
  });
});

test('every text of a header is searched', async () => {
  const full = {
    cwd: token,
    repository: token,
    branch: token,
    model: token,
    submittedBy: token,
    title: token,
    pullRequest: token,
  };
  const result = await redactHeader(redactor, { ...header, ...full, agent: token, people: [token] });
  expect(JSON.stringify(result.header)).not.toContain(token);
  expect(result.redactions).toBe(9);
});

test('events without secrets come out equal', async () => {
  const event: Event<string> = {
    n: 2,
    at: '2026-02-09T09:00:00.000Z',
    kind: 'tool_result',
    ok: false,
    rejected: true,
    spans: [],
  };
  expect((await redactEvents(redactor, [event])).events).toEqual([event]);
});

describe('ids', () => {
  test('with a secret in them stay different and stable', async () => {
    const other = `ghp_${word(36, 2)}`;
    const ids = await Promise.all(
      [token, other, token].map(async (id) => (await redactHeader(redactor, { ...header, id })).header.id),
    );
    expect(ids[0]).toMatch(/^session-[0-9a-f]{20}$/);
    expect(ids[1]).not.toBe(ids[0]);
    expect(ids[2]).toBe(ids[0]);
  });

  test('of a parent match those of the session', async () => {
    const session = await redactHeader(redactor, { ...header, id: token });
    const child = await redactHeader(redactor, { ...header, parent: token });
    expect(child.header.parent).toBe(session.header.id);
  });
});

test('a time that is no time does not pass', async () => {
  const { events } = await redactEvents(redactor, [{ n: 1, at: `then ${token}`, kind: 'system', spans: [] }]);
  expect(events).toEqual([{ n: 1, kind: 'system', spans: [] }]);
});

test('when the redactor fails nothing passes', async () => {
  const broken = { ...redactor, redact: () => Promise.reject(new Error('rule failed')) };
  await expect(redactEvents(broken, [{ n: 1, kind: 'system', spans: [] }])).rejects.toThrow('rule failed');
});
