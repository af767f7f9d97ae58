/** Where comments stand in the diff: a line that may be commented on, and one that the diff has lost. */
import { changedFiles } from '../git/commit.ts';
import { mergeBase } from '../git/repository.ts';
import type { PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';

export type Side = 'LEFT' | 'RIGHT';

/** The lines of a patch: those before on the left, those after on the right, unchanged ones on both. */
export interface PatchLine {
  readonly left?: number;
  readonly right?: number;
  /** From the hunk's header to this line: what GitHub shows above a comment. */
  readonly hunk: string;
  readonly text: string;
}

export function linesOf(patch: string): PatchLine[] {
  const lines: PatchLine[] = [];
  let left = 0;
  let right = 0;
  let hunk: string[] = [];
  for (const text of patch.split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text);
    if (header !== null) {
      left = Number(header[1]);
      right = Number(header[2]);
      hunk = [text];
      continue;
    }
    if (text === '' || text.startsWith('\\')) continue;
    hunk.push(text);
    const at = {
      ...(text.startsWith('+') ? {} : { left: left++ }),
      ...(text.startsWith('-') ? {} : { right: right++ }),
    };
    lines.push({ ...at, hunk: hunk.join('\n'), text });
  }
  return lines;
}

export async function diffLine(
  repository: Repository,
  { pull }: PullIssue,
  place: { readonly path: string; readonly side: Side; readonly line: number },
): Promise<PatchLine | undefined> {
  const base = (await mergeBase(repository.dir, pull.baseSha, pull.headSha)) ?? pull.baseSha;
  const files = await changedFiles(repository.dir, base, pull.headSha);
  const patch = files.find(({ path }) => path === place.path)?.patch ?? '';
  return linesOf(patch).find((line) => (place.side === 'LEFT' ? line.left : line.right) === place.line);
}

/** After a push: comments whose line reads the same keep it, others are outdated. */
export async function refreshComments(repository: Repository, issue: PullIssue): Promise<void> {
  for (const comment of repository.reviewComments.values()) {
    if (comment.pull !== issue.number || comment.line === null) continue;
    const { path, side, line } = comment;
    const now = await diffLine(repository, issue, { path, side, line });
    if (now?.text === comment.hunk.split('\n').at(-1)) comment.commit = issue.pull.headSha;
    else {
      comment.line = null;
      comment.startLine = null;
    }
  }
}
