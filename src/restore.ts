/** Brings back what a dream took out of the memory. Git is the archive; the journals say where in it to look. */
import type { JournalProposal } from './core/dream/journal.ts';
import type { LedgerView } from './core/dream/ledger.ts';
import type { Repository } from './core/dream/repository.ts';
import { parseStore } from './core/memory/parse.ts';
import { renderProposals } from './core/memory/render.ts';
import { stateOf } from './core/review/state.ts';

/** An entry as it was before a merged dream changed it. */
export interface Retired {
  readonly id: string;
  readonly file: string;
  readonly lines: readonly [number, number];
  readonly text: string;
  /** The commit that last had it. */
  readonly commit: string;
  readonly dream: string;
  readonly proposal: number;
  readonly kind: JournalProposal['kind'];
}

const idShape = /^[0-9a-f]{10}(-\d+)?$/;

/** @param wanted an entry id, or words that stand in the entry; newest dream first. */
export async function findRetired(view: LedgerView, wanted: string): Promise<Retired[]> {
  const decisions = await view.decisions();
  const words = wanted.toLowerCase();
  const fits = ({ id, text }: { id: string; text: string }): boolean =>
    idShape.test(wanted) ? id === wanted : text.toLowerCase().includes(words);
  return (await view.journals())
    .filter((journal) => stateOf(journal, decisions) === 'merged')
    .toSorted((a, b) => (a.at > b.at ? -1 : 1))
    .flatMap((journal) =>
      journal.proposals.flatMap(({ number, kind, before }) =>
        before.filter(fits).map((entry): Retired => ({
          id: entry.id,
          file: entry.file,
          lines: entry.lines,
          text: entry.text,
          commit: journal.base,
          dream: journal.id,
          proposal: number,
          kind,
        })),
      ),
    );
}

/**
 * Puts an entry back under its old headings.
 * @param current the file as it is now; undefined when it is gone.
 * @returns the whole new text of the file.
 */
export async function withRestored(
  repository: Repository,
  retired: Retired,
  current: string | undefined,
): Promise<string> {
  const old = parseStore(await repository.readFiles(retired.commit, (path) => path === retired.file));
  const heading = old.entries.get(retired.id)?.headings ?? [];
  const store = parseStore(current === undefined ? [] : [{ path: retired.file, text: current }]);
  const add = { op: 'add' as const, file: retired.file, heading: [...heading], text: retired.text };
  return renderProposals(store, [{ number: 1, operations: [add] }]).get(retired.file) ?? current ?? '';
}
