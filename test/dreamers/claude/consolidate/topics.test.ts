import { describe, expect, it } from 'vitest';
import { parseStore } from '../../../../src/core/memory/parse.ts';
import type { Noticed } from '../../../../src/dreamers/claude/consolidate/search.ts';
import { topicsOf } from '../../../../src/dreamers/claude/consolidate/topics.ts';
import { agent, person, session } from '../../../support/session.ts';
import { dreamt, finishes, proposes } from '../play.ts';

const section = (subject: string, entries: number): string =>
  `## ${subject}\n\n${Array.from({ length: entries }, (_, at) => `- The ${subject.toLowerCase()} rule number ${at} says what to do about ${subject.toLowerCase()}.`).join('\n')}\n`;
const text = ['Migrations', 'Invoices', 'Telemetry', 'Warehouse']
  .map((subject) => section(subject, 6))
  .join('\n');
const store = parseStore([{ path: 'CLAUDE.md', text: `# Notes\n\n${text}` }]);

const noticed = (id: string, words: string): Noticed => ({
  ...{ id, session: 'one', text: words },
  quotes: [{ type: 'quote', session: 'one', event: 1, quote: words, trust: 'person' }],
});
const about = [
  noticed('a', 'Invoices need a due date.'),
  noticed('b', 'Telemetry is sampled.'),
  noticed('c', 'Kubernetes pods restart on Fridays.'),
  noticed('d', 'Restart the Kubernetes pods by hand.'),
];
const sizes = { entry: () => 1, noticed: () => 1 };

describe('topics', () => {
  it('hold every entry and everything noticed once, within their room', () => {
    for (const room of [1, 5, 8, 13, 100]) {
      const topics = topicsOf(store, about, sizes, room);
      expect(topics.flatMap(({ entries }) => [...entries]).sort()).toEqual([...store.entries.keys()].sort());
      expect(topics.flatMap((topic) => topic.noticed.map(({ id }) => id)).sort()).toEqual([
        'a',
        'b',
        'c',
        'd',
      ]);
      for (const { entries, noticed: own } of topics)
        expect(entries.size + own.length).toBeLessThanOrEqual(room);
    }
  });

  it('bring together what speaks of one thing', () => {
    const topics = topicsOf(store, about, sizes, 8);
    const of = (id: string) => topics.find((topic) => topic.noticed.some((each) => each.id === id));
    expect(of('a')?.name).toContain('Invoices');
    expect(of('b')?.name).toContain('Telemetry');
    expect(of('c')).toBe(of('d'));
  });
});

describe('a store that is too large for one reader', () => {
  const words = 'Remember: never close an invoice without a due date.';
  const scene = {
    memory: { 'CLAUDE.md': `# Notes\n\n${text}` },
    sessions: [session({ id: 'session-one', day: 3 }, person(words), agent('I will.'))],
    options: { limits: { room: 250 } },
  };

  it('is read topic by topic, and one lead reconciles what they lay down', async () => {
    const systems: string[] = [];
    const { draft } = await dreamt({
      ...scene,
      part: {
        lead: ({ system, text: all, latest }) => {
          systems.push(system);
          const hasWords = latest.includes(words) && !latest.includes('Reconcile');
          if (!hasWords || all.includes('Draft 1')) return [finishes];
          return [
            proposes({
              ...{ kind: 'learn', lesson: 'request', rationale: 'Asked for.' },
              operations: [
                {
                  op: 'add',
                  file: 'CLAUDE.md',
                  heading: ['Notes', 'Invoices'],
                  text: 'Never close an invoice without a due date.',
                },
              ],
              evidence: [{ type: 'quote', session: 'session-one', event: 1, quote: words }],
            }),
          ];
        },
      },
    });
    expect(draft.proposals).toMatchObject([{ kind: 'learn' }]);
    expect(draft.agents?.length).toBeGreaterThan(3);
    expect(draft.agents?.at(-2)).toMatchObject({
      name: 'lead',
      did: expect.stringMatching(/^reconciled 1 draft of \d topics; 1 draft stayed/) as string,
    });
    expect(systems.at(-1)).toContain('in outline');
  });

  it('asks nobody to reconcile nothing', async () => {
    const { anthropic, draft } = await dreamt({ ...scene, sessions: [], part: {} });
    expect(draft.proposals).toEqual([]);
    expect(anthropic.asked.some(({ latest }) => latest.includes('Reconcile'))).toBe(false);
  });
});
