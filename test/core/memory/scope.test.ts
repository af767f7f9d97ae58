import { expect, it } from 'vitest';
import { scopeOf, widens } from '../../../src/core/memory/scope.ts';

it('scopes are folders', () => {
  expect(scopeOf('memory/testing.md')).toEqual({ kind: 'shared' });
  expect(scopeOf('memory/people/ann/habits.md')).toEqual({ kind: 'person', name: 'ann' });
  expect(scopeOf('memory/agents/codex/x.md')).toEqual({ kind: 'agent', name: 'codex' });
  expect(scopeOf('memory/projects/api/x.md')).toEqual({ kind: 'project', name: 'api' });
  expect(scopeOf('memory/people/readme.md')).toEqual({ kind: 'shared' });
});

it('a scope widens when others come to read what was one’s own', () => {
  const [ann, ben, shared] = ['memory/people/ann/a.md', 'memory/people/ben/a.md', 'memory/a.md'].map(scopeOf);
  if (ann === undefined || ben === undefined || shared === undefined) throw new Error('three scopes');
  expect([widens(ann, shared), widens(ann, ben), widens(shared, ann), widens(ann, ann)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
