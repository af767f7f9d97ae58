import { join } from 'node:path';
import { openRepository } from '../../src/git/repository.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { scratchRepository, type Scratch } from '../support/repository.ts';
import { testLedger } from './ledger.ts';

const beside = (scratch: Scratch): Scratch => scratch.at(join(scratch.dir, '../other'));

/** The Git ledger, in a repository made ready; each opening is one of its own. */
const inGit = (prepare: () => Scratch) => () => {
  const scratch = prepare();
  return Promise.resolve(async () => openLedger(await openRepository(scratch.dir, scratch.env)));
};

function bare(): Scratch {
  const scratch = scratchRepository();
  scratch.commit('Memory', { 'CLAUDE.md': '- one\n' });
  scratch.git('clone', '-q', '--bare', '.', '../other');
  return beside(scratch);
}

function linkedWorktree(): Scratch {
  const scratch = scratchRepository();
  scratch.commit('Memory', { 'CLAUDE.md': '- one\n' });
  scratch.git('worktree', 'add', '-q', '../other');
  return beside(scratch);
}

testLedger('an ordinary repository', inGit(scratchRepository));
testLedger('a bare repository', inGit(bare));
testLedger('a linked worktree', inGit(linkedWorktree));
testLedger(
  'a repository that names objects by SHA-256',
  inGit(() => scratchRepository('--object-format=sha256')),
);
