import { expect, test } from 'vitest';
import { violations } from '../../../../src/dreamers/embedded/sessions/violations.ts';
import { dreamInput } from '../../../support/dream-input.ts';
import { run, session } from '../../../support/session.ts';

const memory = { 'CLAUDE.md': '# App\n\n- Use `pnpm install`, never `npm install`.\n' };
const broken = (day: number) => session({ id: `s${day}`, day }, run('npm install zod'), run('pnpm test'));

test('a command that memory forbids and two sessions run all the same is to be enforced', () => {
  const { proposals } = violations(dreamInput({ memory, sessions: [broken(1), broken(5)] }));
  expect(proposals).toMatchObject([
    { kind: 'enforce', operations: [], suggestion: expect.stringContaining('npm install') as string },
  ]);
});

test('what was run before the note was written breaks nothing', () => {
  const input = dreamInput({
    memory,
    sessions: [broken(1), broken(5)],
    writtenAt: '2026-03-10T00:00:00.000Z',
  });
  expect(violations(input).proposals).toEqual([]);
});
