import { describe, expect, test } from 'vitest';
import { lostEdits } from '../../../../src/dreamers/embedded/sessions/lost-edits.ts';
import { dreamInput } from '../../../support/dream-input.ts';
import { edit, person, session } from '../../../support/session.ts';

const file = '/home/ada/app/CLAUDE.md';
const old = '## Tests\n\n- Use `t.Parallel()` in every test.\n';
const rewritten = '## Tests\n\n- Use `t.Parallel()` in every test, but never together with `t.Setenv()`.\n';

describe('memory that an agent wrote in a session', () => {
  const asked = session(
    { id: 's1', day: 1 },
    person('also add guidance into CLAUDE.md for that'),
    edit(file, old, rewritten),
  );

  test('and that the store does not have is brought back, with the words that asked for it', () => {
    const { proposals } = lostEdits(
      dreamInput({ memory: { 'CLAUDE.md': `# App\n\n${old}` }, sessions: [asked] }),
    );
    expect(proposals).toMatchObject([
      {
        kind: 'correct',
        strength: 'proved',
        operations: [
          { op: 'revise', text: 'Use `t.Parallel()` in every test, but never together with `t.Setenv()`.' },
        ],
      },
    ]);
    expect(proposals[0]?.evidence.map((item) => item.type === 'quote' && item.trust)).toEqual([
      'person',
      'agent',
      false,
    ]);
  });

  test('is added when the store has no older version of it', () => {
    const { proposals } = lostEdits(
      dreamInput({ memory: { 'CLAUDE.md': '# App\n\n- Build with make.\n' }, sessions: [asked] }),
    );
    expect(proposals).toMatchObject([
      {
        kind: 'learn',
        lesson: 'lost-edit',
        operations: [{ op: 'add', file: 'CLAUDE.md', heading: ['Tests'] }],
      },
    ]);
  });

  test('is nothing when the store has it', () => {
    expect(
      lostEdits(dreamInput({ memory: { 'CLAUDE.md': `# App\n\n${rewritten}` }, sessions: [asked] }))
        .proposals,
    ).toEqual([]);
  });

  test('is nothing when the session took it back', () => {
    const undone = session(
      { id: 's1', day: 1 },
      person('add that to CLAUDE.md'),
      edit(file, old, rewritten),
      edit(file, rewritten, old),
    );
    expect(
      lostEdits(dreamInput({ memory: { 'CLAUDE.md': `# App\n\n${old}` }, sessions: [undone] })),
    ).toMatchObject({ proposals: [], leads: [] });
  });

  test('without being asked is a lead', () => {
    const unasked = session({ id: 's1', day: 1 }, person('fix the race'), edit(file, old, rewritten));
    expect(
      lostEdits(dreamInput({ memory: { 'CLAUDE.md': `# App\n\n${old}` }, sessions: [unasked] })),
    ).toMatchObject({ proposals: [], leads: [{ reason: 'no person asked for it' }] });
  });

  test('is settled when somebody changed the entry since', () => {
    const input = dreamInput({
      memory: { 'CLAUDE.md': `# App\n\n${old}` },
      sessions: [asked],
      writtenAt: '2026-03-20T00:00:00.000Z',
    });
    expect(lostEdits(input).proposals).toEqual([]);
  });
});
