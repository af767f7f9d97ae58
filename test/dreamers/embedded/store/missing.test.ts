import { describe, expect, it } from 'vitest';
import type { SignalOf } from '../../../../src/core/dream/signal.ts';
import { missingNames } from '../../../../src/dreamers/embedded/store/missing.ts';
import { aSession } from '../../../support/guard.ts';
import { given } from './input.ts';

const files = (text: string): Record<string, string> => ({ 'CLAUDE.md': `# Rules\n\n- ${text}\n` });

function missed(session: string, name: string, suggestion?: string): SignalOf<'missing'> {
  const quote = `unknown task "${name}"${suggestion === undefined ? '' : `, did you mean ${suggestion}?`}`;
  return {
    id: `${session}-${name}`,
    session,
    at: '2026-05-01T10:00:00Z',
    kind: 'missing',
    name,
    quotes: [{ type: 'quote', session, event: 4, quote, trust: 'tool' }],
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** Sessions of two people, and so independent. */
const sessions = [aSession('s1'), aSession('s2', { startedAt: '2026-05-09T09:00:00Z', people: [] })];

describe('a name that sessions look for in vain', () => {
  it('retires the note that is about nothing else, after two independent sessions', () => {
    const signals = [missed('s1', 'db:seed'), missed('s2', 'db:seed')];
    const input = given({ files: files('`db:seed`: fills the database'), signals, sessions });
    expect(missingNames({ ...input, signals: signals.slice(0, 1) }).proposals).toEqual([]);
    expect(missingNames(input).proposals[0]).toMatchObject({
      kind: 'retire',
      signals: ['s1-db:seed', 's2-db:seed'],
    });
  });

  it('is only spoken of when the note says more', () => {
    const signals = [missed('s1', 'db:seed'), missed('s2', 'db:seed')];
    const text = 'Run `just db:seed` before the smoke tests, and `just db:drop` after them.';
    const { proposals, leads } = missingNames(given({ files: files(text), signals, sessions }));
    expect([proposals.length, leads.length]).toEqual([0, 1]);
  });

  it('is corrected at once when a tool names what is there', () => {
    const signals = [missed('s1', 'db:seed', 'db:fill')];
    const ran = {
      id: 'c',
      session: 's1',
      kind: 'commands' as const,
      steps: ['just db:fill'],
      quotes: signals[0]?.quotes ?? [],
    };
    const text = 'Run `just db:seed` before the smoke tests.';
    const paths = ['src/main.ts'];
    expect(missingNames(given({ files: files(text), signals, sessions, paths })).proposals).toEqual([]);
    const { proposals } = missingNames(
      given({ files: files(text), signals: [...signals, ran], sessions, paths }),
    );
    expect(proposals[0]?.operations).toMatchObject([
      { op: 'revise', text: 'Run `just db:fill` before the smoke tests.' },
    ]);
  });

  it('is corrected by the word of the tool alone where the repository holds no code', () => {
    const input = given({
      files: files('Run `just db:seed` first.'),
      signals: [missed('s1', 'db:seed', 'db:fill')],
      sessions,
    });
    expect(missingNames(input).proposals).toHaveLength(1);
  });

  it('is left alone while a live path has it', () => {
    const signals = [missed('s1', 'src/a.ts'), missed('s2', 'src/a.ts')];
    const input = given({ files: files('`src/a.ts`: reads prices'), signals, sessions, paths: ['src/a.ts'] });
    expect(missingNames(input)).toEqual({ proposals: [], questions: [], leads: [] });
  });

  it('is left alone when the note was written later', () => {
    const signals = [missed('s1', 'db:seed'), missed('s2', 'db:seed')];
    const written = { 'CLAUDE.md': '2026-06-01T00:00:00Z' };
    expect(
      missingNames(given({ files: files('`db:seed`: fills it'), signals, sessions, written })).proposals,
    ).toEqual([]);
  });
});
