/** Turns cleared proposals into the commits of a dream branch. */
import type { Cleared } from '../guard/finding.ts';
import type { Store } from '../memory/entry.ts';
import { renderProposals } from '../memory/render.ts';
import { commitMessage } from '../review/commit-message.ts';
import type { RenderedCommit } from './repository.ts';

export interface NumberedCommit {
  readonly number: number;
  readonly commit: RenderedCommit;
  readonly added: { file: string; lines: string[] }[];
}

/**
 * One commit for each proposal that changes memory; each holds the files as they are with all before it.
 * @param atLeastOne an empty commit where checks alone are suggested: a pull request needs one.
 */
export function renderCommits(
  store: Store,
  proposals: readonly Cleared[],
  id: string,
  atLeastOne = false,
): NumberedCommit[] {
  const commits = changingCommits(store, proposals, id);
  const [first] = proposals;
  if (!atLeastOne || commits.length > 0 || first === undefined) return commits;
  return [
    { number: first.number, commit: { message: commitMessage(id, first), files: new Map() }, added: [] },
  ];
}

function changingCommits(store: Store, proposals: readonly Cleared[], id: string): NumberedCommit[] {
  const contents = new Map<string, string | null>(store.files.map((file) => [file.path, file.text]));
  return proposals.flatMap((proposal, at): NumberedCommit[] => {
    const rendered = renderProposals(store, proposals.slice(0, at + 1));
    const changed = [...rendered].filter(([path, text]) => contents.get(path) !== text);
    if (changed.length === 0) return [];
    const added = changed.map(([file, text]) => ({
      file,
      lines: newLines(contents.get(file) ?? '', text ?? ''),
    }));
    changed.forEach(([path, text]) => contents.set(path, text));
    return [
      {
        number: proposal.number,
        commit: { message: commitMessage(id, proposal), files: new Map(changed) },
        added,
      },
    ];
  });
}

function newLines(before: string, after: string): string[] {
  const known = new Set(before.split(/\r?\n/));
  return after.split(/\r?\n/).filter((line) => line.trim() !== '' && !known.has(line));
}

/** The files of a store with rendered changes applied. */
export function applied(
  files: readonly { path: string; text: string }[],
  rendered: ReadonlyMap<string, string | null>,
): { path: string; text: string }[] {
  const contents = new Map<string, string | null>([
    ...files.map(({ path, text }) => [path, text] as const),
    ...rendered,
  ]);
  return [...contents].flatMap(([path, text]) => (text === null ? [] : [{ path, text }]));
}
