import { describe, expect, it } from 'vitest';
import { conflicts } from '../../../../src/dreamers/embedded/store/conflicts.ts';
import { given } from './input.ts';

const two = (first: string, second: string): Record<string, string> => ({
  'memory/a.md': `# Tools\n\n- ${first}\n`,
  'memory/b.md': `# Notes\n\n- ${second}\n`,
});

describe('notes that contradict each other', () => {
  it.each([
    ['a number', 'The price API times out after 30 seconds.', 'After 60 seconds the price API times out'],
    ['a number with unit', 'The upload limit of avatars is 5MB', 'The upload limit of avatars is 10MB.'],
    ['a version', 'The build server runs Node 20.', 'Node 22 runs on the build server.'],
    ['a name', 'For access to the staging ledger ask Maria.', 'Ask Pedro for access to the staging ledger.'],
    ['a choice', 'Install all packages with pnpm.', 'Install all packages with npm.'],
    ['a negation', 'Commit the generated client code.', 'Never commit the generated client code.'],
  ])('are asked about: %s', (_what, first, second) => {
    const { proposals, questions } = conflicts(given({ files: two(first, second) }));
    expect(proposals).toEqual([]);
    expect(questions).toHaveLength(1);
  });

  it('are asked about when one is always loaded and the other read on demand', () => {
    const files = {
      'CLAUDE.md':
        '# Greenhouse\n\nMore in [valves](memory/valves.md).\n\n- Valves close on their own after 10 minutes.\n',
      'memory/valves.md': '# Valves\n\n- Valves close on their own after 15 minutes.\n',
    };
    expect(conflicts(given({ files })).questions).toHaveLength(1);
  });

  it('are asked about when one adds a clause', () => {
    const files = two(
      'The price API times out after 30 seconds.',
      'The price API times out after 60 seconds; raise it in `config/api.yml`.',
    );
    expect(conflicts(given({ files })).questions[0]?.text).toContain('One says 30, the other 60');
  });

  it('are settled by the lock file that only one of two tools writes', () => {
    const files = two('Install all packages with npm.', 'Install all packages with pnpm.');
    const input = given({ files, paths: ['web/pnpm-lock.yaml'] });
    const [proposal] = conflicts(input).proposals;
    expect(proposal?.kind).toBe('correct');
    expect(proposal?.operations).toEqual([{ op: 'retire', entry: input.store.files[0]?.entries[0]?.id }]);
    expect(proposal?.evidence[0]).toEqual({ type: 'fact', fact: 'exists', path: 'web/pnpm-lock.yaml' });
  });

  it('stay a question when both tools left files', () => {
    const files = two('Install all packages with npm.', 'Install all packages with pnpm.');
    const { proposals, questions } = conflicts(
      given({ files, paths: ['pnpm-lock.yaml', 'old/package-lock.json'] }),
    );
    expect([proposals.length, questions.length]).toEqual([0, 1]);
  });

  const said = (at: string): Parameters<typeof given>[0]['signals'] => [
    {
      id: 'f00d',
      session: 's1',
      at,
      kind: 'statement',
      text: 'The price API times out after 60 seconds',
      correction: true,
      trust: 'person',
      general: true,
      quotes: [
        {
          type: 'quote',
          session: 's1',
          event: 3,
          quote: 'no, the price API times out after 60 seconds',
          trust: 'person',
          at,
        },
      ],
    },
  ];
  const dated = {
    files: two('The price API times out after 30 seconds.', 'The price API times out after 60 seconds.'),
    written: { 'memory/a.md': '2026-02-01T09:00:00Z', 'memory/b.md': '2026-02-03T09:00:00Z' },
  };

  it('are settled by what a person said after both were written', () => {
    const input = given({ ...dated, signals: said('2026-03-01T09:00:00Z') ?? [] });
    const [proposal] = conflicts(input).proposals;
    expect(proposal?.operations).toEqual([{ op: 'retire', entry: input.store.files[0]?.entries[0]?.id }]);
    expect(proposal?.signals).toEqual(['f00d']);
  });

  it('are not settled by what was said before one of them was written', () => {
    expect(conflicts(given({ ...dated, signals: said('2026-02-02T09:00:00Z') ?? [] })).proposals).toEqual([]);
  });
});

describe('no contradiction', () => {
  it.each([
    ['other subjects', 'Use 4 spaces in Python.', 'Use 2 spaces in YAML.'],
    ['parts of a whole', 'Backend: 12', 'Frontend: 8'],
    [
      'steps',
      'In phase 1 the importer reads the old archive.',
      'In phase 2 the importer reads the old archive.',
    ],
    [
      'dated entries of a log',
      'Released the tasting app on 2026-01-10.',
      'Released the tasting app on 2026-02-10.',
    ],
    ['stages', 'Deploy to staging with the release bot.', 'Deploy to production with the release bot.'],
    [
      'owners of parts',
      'Maria owns the staging ledger and its keys.',
      'Pedro owns the staging ledger and its keys.',
    ],
    ['tickets', 'The crash of the importer is issue 12.', 'The crash of the importer is issue 47.'],
  ])('%s', (_what, first, second) => {
    expect(conflicts(given({ files: two(first, second) })).questions).toEqual([]);
  });

  it('under a heading that says no', () => {
    const files = {
      'memory/a.md': '# Never add\n\n- Version headings in `docs/index.html`\n',
      'memory/b.md': '# Site\n\n- Do not add version headings in `docs/index.html`\n',
    };
    expect(conflicts(given({ files })).questions).toEqual([]);
  });
});
