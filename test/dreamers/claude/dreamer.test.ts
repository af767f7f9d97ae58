import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/dreamers/claude/observation.ts';
import { uses } from '../../support/anthropic/messages/reply.ts';
import { dreamInput } from '../../support/dream-input.ts';
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

  it('is told of everything observed in one message, and not again by rules', async () => {
    const second = {
      ...observation,
      id: 'bbbbbbbbbbbb',
      lesson: 'fact',
      text: 'Commits are linted.',
    } as const;
    const { anthropic } = await dreamt({ ...scene, observations: [observation, second], part: {} });
    const told = anthropic.asked[0]?.latest ?? '';
    expect(told).toContain('  - request: Always run `pnpm lint` before you commit.');
    expect(told).toContain('  - fact: Commits are linted.');
    expect(told.match(/^ {2}- request:/gm)).toHaveLength(1);
  });

  it('takes over what rules would propose, with their evidence', async () => {
    const { draft, anthropic } = await dreamt({
      ...scene,
      part: { lead: (_, nth) => [nth === 0 ? uses('adopt', { rule: 1 }) : finishes] },
    });
    expect(anthropic.asked[0]?.latest).toContain('rule 1: learn, request.');
    expect(draft.proposals).toMatchObject([{ kind: 'learn', lesson: 'request', strength: 'supported' }]);
  });

  it('looks things up, and says what is not there', async () => {
    const [id = ''] = dreamInput({ memory }).store.entries.keys();
    const looks = [
      uses('read_entry', { entry: id }),
      uses('read_entry', { entry: '0123456789' }),
      uses('search_memory', { query: 'where are fares' }),
      uses('search_sessions', { query: 'lint before commit' }),
      uses('read_session_events', { session: 'session-one', from: 1, to: 4 }),
      uses('read_session_events', { session: 'session-one', from: 90 }),
      uses('look_up_path', { path: 'lib/fares.tsv' }),
      uses('list_drafts', {}),
    ];
    const { anthropic } = await dreamt({
      ...scene,
      facts: {
        paths: new Set(['CLAUDE.md', 'src/fares.tsv']),
        deleted: new Map([['lib/fares.tsv', { commit: 'd'.repeat(40), at: '2026-03-01T00:00:00Z' }]]),
      },
      part: { lead: (_, nth) => (nth === 0 ? looks : [finishes]) },
    });
    const said = anthropic.asked[1]?.latest ?? '';
    for (const part of [
      `[${id}] Run the tests before you push. {Ada, 2026-01-01`,
      'There is no entry of that id.',
      'Fares are in `lib/fares.tsv`.',
      'session session-one — request: Always run `pnpm lint` before you commit.',
      `[1] person: (person) ${words}`,
      '[4] tool_result, Bash: (tool) ok',
      'Its events are 1 to 4.',
      'lib/fares.tsv was deleted on 2026-03-01. There are: src/fares.tsv.',
      'No draft is laid down.',
    ])
      expect(said).toContain(part);
  });
});
