import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DreamInput } from '../../../../src/core/dream/dreamer.ts';
import type { Draft, Proposal } from '../../../../src/core/dream/proposal.ts';
import { proposalSchema } from '../../../../src/core/dream/proposal.ts';
import { checkProposal } from '../../../../src/core/guard/check.ts';
import { entriesOf } from '../../../../src/core/memory/operation.ts';
import { renderProposals } from '../../../../src/core/memory/render.ts';
import { storeRules } from '../../../../src/dreamers/embedded/store/rules.ts';
import { corpusDir } from '../../../support/corpus.ts';
import { aDreamContext } from '../../../support/guard.ts';
import { given } from './input.ts';
import { plantNotes } from './notes.ts';

/** What the rules propose, each entry in one proposal only, as the dreamer arranges it. */
function proposalsOf(input: DreamInput): Proposal[] {
  const taken = new Set<string>();
  const kept = storeRules
    .flatMap((rule) => rule(input).proposals)
    .filter((draft: Draft) => {
      const touched = draft.operations.flatMap(entriesOf);
      if (touched.some((id) => taken.has(id))) return false;
      for (const id of touched) taken.add(id);
      return true;
    });
  return kept.map((draft, index) => ({ ...draft, number: index + 1 }));
}

/** A memory in which every rule of the store has something to do. */
const messy: DreamInput = given({
  files: {
    ...plantNotes(11).files,
    'CLAUDE.md': '# Rules\n\n- Read `memory/MEMORY.md` first.\n',
    'memory/MEMORY.md': '# Memory\n\n- [Tools](tools.md)\n- [Log](log.md)\n- [Gone](gone.md)\n',
    'memory/tools.md': '# Tools\n\n- Install all packages with npm.\n',
    'memory/log.md':
      '# Log\n\n- We moved the queue to the new host yesterday.\n- Install all packages with pnpm.\n',
    'memory/agents/ada/testing.md':
      '# Habits of Ada\n\n## Testing\n\n- Run the smoke tests before handing over.\n',
    'memory/agents/bob/testing.md':
      '# Habits of Bob\n\n## Testing\n\n- Before handing over, run the smoke tests\n',
  },
  paths: ['pnpm-lock.yaml'],
  deleted: { 'memory/gone.md': {} },
  written: { 'memory/log.md': '2026-02-08T23:30:00Z' },
});

describe('what the rules of the store propose', () => {
  const proposals = proposalsOf(messy);

  it('is of every kind that they know', () => {
    expect([...new Set(proposals.map(({ kind }) => kind))].sort()).toEqual([
      'correct',
      'merge',
      'promote',
      'reorganise',
    ]);
  });

  it('is well formed', () => {
    for (const proposal of proposals) expect(() => proposalSchema.parse(proposal)).not.toThrow();
  });

  it('passes the guard', async () => {
    const ctx = aDreamContext({ store: messy.store, repository: messy.repository });
    const blocked: string[] = [];
    for (const proposal of proposals) {
      const findings = await checkProposal({ ...ctx, proposal });
      blocked.push(
        ...findings
          .filter(({ severity }) => severity === 'block')
          .map(({ message }) => `${proposal.title}: ${message}`),
      );
    }
    expect(blocked).toEqual([]);
  });

  it('renders, one by one and together', () => {
    for (const proposal of proposals)
      expect(renderProposals(messy.store, [proposal]).size).toBeGreaterThan(0);
    const files = new Map(messy.store.files.map(({ path, text }) => [path, text]));
    for (const [path, text] of renderProposals(messy.store, proposals)) files.set(path, text ?? '');
    expect(files.get('memory/log.md')).toContain('on 2026-02-07');
    expect(files.get('memory/testing.md')).toContain('- Run the smoke tests before handing over.');
  });

  it('is the same for the same input', () => {
    expect(proposalsOf(messy)).toEqual(proposals);
  });
});

describe('hostile memory', () => {
  const piece = fc.constantFrom(
    '# A\n',
    '## B\n\n',
    '- ',
    '1. ',
    '`',
    '```\n',
    '**x:**\n',
    '](',
    '<!-- keep -->',
    '\n\n',
    '\u202e',
    '\r\n',
    'Run the tests before pushing. ',
    'Never run the tests before pushing ',
    'see `src/a.ts`',
    '(see ',
    'yesterday ',
    '30 s ',
    '| a | b |\n',
  );
  const text = fc
    .array(fc.oneof(piece, fc.string({ unit: 'grapheme', maxLength: 12 })), { maxLength: 60 })
    .map((parts) => parts.join(''));

  it('is read without an error, and what is proposed can be rendered', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const files = { 'CLAUDE.md': a, 'memory/notes.md': b };
        const input = given({
          files,
          deleted: { 'src/a.ts': {} },
          written: { 'CLAUDE.md': '2026-02-08T23:30:00Z' },
        });
        renderProposals(input.store, proposalsOf(input));
      }),
      { numRuns: 300 },
    );
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/** Memories that their teams keep well: nothing in them should be touched without a reason from a session. */
describe.skipIf(corpusDir === undefined)('on the memories of real projects', () => {
  const root = join(corpusDir ?? '', 'memories');
  const folders =
    corpusDir === undefined
      ? []
      : readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory());

  it.each(folders)('%s: nothing is merged, settled or moved', (folder) => {
    const files = filesBelow(join(root, folder)).filter(
      (path) => /\.mdc?$/.test(path) && !path.includes('history'),
    );
    const input = given({
      files: Object.fromEntries(
        files.map((path) => [
          relative(join(root, folder), path).replaceAll('__', '/'),
          readFileSync(path, 'utf8'),
        ]),
      ),
    });
    expect(proposalsOf(input).map(({ title }) => title)).toEqual([]);
  });
});
