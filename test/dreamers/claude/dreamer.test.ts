import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/dreamers/claude/observation.ts';
import { agent, person, run, session } from '../../support/session.ts';
import type { Wish } from '../../../src/dreamers/claude/consolidate/draft.ts';
import { dreamt, finishes, proposes } from './play.ts';

const memory = {
  'CLAUDE.md': '# Notes\n\n- Run the tests before you push.\n- Fares are in `lib/fares.tsv`.\n',
};

const words = 'From now on always run `pnpm lint` before you commit.';
const asking = session(
  { id: 'session-one', day: 3 },
  person(words),
  agent('I will.'),
  run('pnpm lint', 'ok'),
);

const observation: Observation = {
  id: 'aaaaaaaaaaaa',
  session: 'session-one',
  lesson: 'request',
  text: 'Always run `pnpm lint` before you commit.',
  quotes: [{ type: 'quote', session: 'session-one', event: 1, quote: words, trust: 'person' }],
};

const lint: Wish = {
  kind: 'learn',
  lesson: 'request',
  rationale: 'Ada asked for it.',
  operations: [
    { op: 'add', file: 'CLAUDE.md', heading: ['Notes'], text: 'Always run `pnpm lint` before you commit.' },
  ],
  evidence: [{ type: 'quote', session: 'session-one', event: 1, quote: words }],
};

const scene = { memory, sessions: [asking], observations: [observation] };

describe('a dream of Claude', () => {
  it('proposes what the lead lays down and the grader lets pass', async () => {
    const { draft, anthropic } = await dreamt({
      ...scene,
      part: { lead: (_, nth) => [nth === 0 ? proposes(lint) : finishes] },
    });
    expect(draft.proposals).toMatchObject([
      {
        kind: 'learn',
        title: 'Remember: Always run pnpm lint before you commit',
        strength: 'suggested',
        signals: expect.arrayContaining(['aaaaaaaaaaaa']) as string[],
        evidence: [{ type: 'quote', trust: 'person', person: 'ada@example.com' }],
        grade: { score: 0.9, rounds: 1 },
      },
    ]);
    expect(draft.remarks).toEqual([]);
    expect(anthropic.asked.map(({ phase }) => phase)).toEqual(['lead', 'lead', 'grader']);
    expect(draft.agents?.map(({ name }) => name)).toEqual(['lead', 'grader']);
  });
});
