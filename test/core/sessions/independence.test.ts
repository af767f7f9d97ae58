import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SessionSummary } from '../../../src/core/dream/dreamer.ts';
import { independentGroups } from '../../../src/core/sessions/independence.ts';
import type { Redacted } from '../../../src/core/sessions/session.ts';

const text = (value: string): Redacted => value as Redacted;

interface Given {
  readonly id: string;
  readonly person?: string;
  readonly branch?: string;
  readonly cwd?: string;
  readonly start?: string;
  readonly end?: string;
  readonly parent?: string;
}

function summary({
  id,
  person = 'ana',
  branch = 'feature',
  cwd = '/app',
  start,
  end,
  parent,
}: Given): SessionSummary {
  return {
    id: text(id),
    agent: text('claude-code'),
    format: 'claude-code',
    interactive: true,
    people: [text(person)],
    cwd: text(cwd),
    branch: text(branch),
    eventCount: 3,
    ...(start === undefined ? {} : { startedAt: start }),
    ...(end === undefined ? {} : { endedAt: end }),
    ...(parent === undefined ? {} : { parent: text(parent) }),
  };
}

const together = (...sessions: readonly Given[]): boolean =>
  new Set(independentGroups(sessions.map(summary)).values()).size === 1;

const monday = '2026-02-09T09:00:00Z';

describe('one piece of work', () => {
  test('a session and the one it resumes', () => {
    expect(together({ id: 'a', branch: 'x' }, { id: 'b', branch: 'y', parent: 'a' })).toBe(true);
  });
  test('two that resume the same session, which was never taken in', () => {
    expect(together({ id: 'a', branch: 'x', parent: 'gone' }, { id: 'b', branch: 'y', parent: 'gone' })).toBe(
      true,
    );
  });
  test('one person on one feature branch within a day', () => {
    expect(together({ id: 'a', start: monday }, { id: 'b', start: '2026-02-10T08:00:00Z' })).toBe(true);
  });
  test('one person on the default branch within an hour of the end', () => {
    const long = { id: 'a', branch: 'main', start: monday, end: '2026-02-09T12:00:00Z' };
    expect(together(long, { id: 'b', branch: 'main', start: '2026-02-09T12:30:00Z' })).toBe(true);
  });
});

describe('independent', () => {
  test.each<[string, Given, Given]>([
    ['another person', { id: 'a', start: monday }, { id: 'b', start: monday, person: 'ben' }],
    ['another branch', { id: 'a', start: monday }, { id: 'b', start: monday, branch: 'other' }],
    ['another repository', { id: 'a', start: monday }, { id: 'b', start: monday, cwd: '/web' }],
    ['two days later', { id: 'a', start: monday }, { id: 'b', start: '2026-02-11T09:00:01Z' }],
    [
      'two hours later on main',
      { id: 'a', branch: 'main', start: monday },
      { id: 'b', branch: 'main', start: '2026-02-09T11:00:00Z' },
    ],
    ['no time is known', { id: 'a' }, { id: 'b' }],
  ])('%s', (_name, one, other) => {
    expect(together(one, other)).toBe(false);
  });
});

test('the order of sessions does not matter, also with circles of parents', () => {
  const given = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    parent: fc.constantFrom('a', 'b', 'c', 'd', 'x'),
    branch: fc.constantFrom('main', 'f'),
    start: fc.constantFrom(monday, '2026-02-09T09:50:00Z', '2026-02-09T15:00:00Z', '2026-02-12T15:00:00Z'),
  });
  fc.assert(
    fc.property(fc.uniqueArray(given, { selector: (one) => one.id }), (sessions) => {
      const groups = (list: readonly Given[]) => [...independentGroups(list.map(summary))].sort();
      expect(groups(sessions.toReversed())).toEqual(groups(sessions));
    }),
  );
});
