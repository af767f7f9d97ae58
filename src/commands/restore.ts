/** `dreamkeeper restore`: bring a retired entry back, or take a dropped proposal back in. */
import type { Command } from 'commander';
import { openWorkplace, type Workplace } from '../compose.ts';
import { DreamkeeperError } from '../core/error.ts';
import { clip, visible } from '../core/review/visible.ts';
import { findText } from '../git/history.ts';
import { guardAgain } from '../guard-again.ts';
import { findRetired, withRestored, type Retired } from '../restore.ts';
import { changeProposals } from '../review.ts';
import { readWorkingFile, writeWorkingFile } from '../working-tree.ts';
import { changedText } from './drop.ts';
import { addVerb, answer, numbers, type CommonOptions, type Shell } from './verb.ts';

const proposalNumbers = /^[1-9]\d{0,3}(?:[-,]\d+)*$/;

export function addRestore(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'restore',
    examples: [
      ['dreamkeeper restore 3f9a01c2de', 'by the id that "show --json" and "why --json" print'],
      ['dreamkeeper restore "seat locks"', 'by words that stand in it'],
      ['dreamkeeper restore 2', 'takes a dropped proposal back into the open dream'],
    ],
  })
    .argument('<entry...>', 'id of an entry, words of it, or numbers of dropped proposals')
    .action(async (wanted: readonly string[], options: CommonOptions) => {
      const workplace = await openWorkplace(options.repo, shell.settings);
      if (wanted.every((each) => proposalNumbers.test(each))) {
        const chosen = wanted.reduce<readonly number[]>((found, each) => numbers(each, found), []);
        const changed = await changeProposals(
          { ...workplace, now: shell.now() },
          { action: 'restore', numbers: chosen },
          guardAgain(workplace),
        );
        answer(shell, options, changed, () => changedText(changed));
        return;
      }
      const retired = await findOne(workplace, wanted.join(' '));
      const written = await writeBack(workplace, retired);
      answer(shell, options, { ...retired, written }, () => text(retired, written));
    });
}

async function findOne(workplace: Workplace, wanted: string): Promise<Retired> {
  const found = await findRetired(await workplace.ledger.read(), wanted);
  const texts = new Set(found.map(({ text }) => text));
  const [newest] = found;
  if (newest === undefined) throw await nowhere(workplace, wanted);
  if (texts.size === 1) return newest;
  throw new DreamkeeperError('usage', `"${wanted}" fits ${texts.size} entries that dreams took out`, {
    remedy: ['Name one by its id:', ...found.slice(0, 10).map(place)].join('\n'),
  });
}

const place = ({ id, file, lines, text }: Retired): string =>
  `${id}  ${file}:${lines[0]}  ${clip(text.replace(/\s+/g, ' '), 70)}`;

/** No dream took it out; perhaps a person did. */
async function nowhere({ repository, config }: Workplace, wanted: string): Promise<DreamkeeperError> {
  const head = await repository.resolve('HEAD');
  const paths = config.memory.filter((pattern) => !pattern.startsWith('!'));
  const commits =
    head === undefined ? [] : await findText(repository.site, wanted, { from: head, paths, most: 5 });
  const lines = commits.map(
    ({ commit, author, at, message }) =>
      `${commit.slice(0, 10)}  ${at.slice(0, 10)}  ${author}: ${message.split('\n')[0] ?? ''}`,
  );
  return new DreamkeeperError('usage', `no dream has taken out "${wanted}"`, {
    remedy:
      lines.length === 0
        ? 'Nor is it in the history of the memory on this branch.'
        : ['These commits added or removed it; see "git show <commit>":', ...lines].join('\n'),
  });
}

/** @returns whether the working tree was changed; a bare repository has none. */
async function writeBack({ repository }: Workplace, retired: Retired): Promise<boolean> {
  const { workTree } = repository.site;
  if (workTree === undefined) return false;
  const current = await readWorkingFile(workTree, retired.file);
  await writeWorkingFile(workTree, retired.file, await withRestored(repository, retired, current));
  return true;
}

function text(retired: Retired, written: boolean): string {
  const from = `dream ${retired.dream}, proposal ${retired.proposal} (${retired.kind})`;
  return [
    visible(retired.text),
    '',
    written
      ? `It is back in ${retired.file}, uncommitted. It was taken out by ${from}.`
      : `It stood in ${retired.file}:${retired.lines[0]} at ${retired.commit.slice(0, 10)}, until ${from}.`,
  ].join('\n');
}
