/** Which changes at Anthropic are one lesson, and which are none that can be proposed. */
import type { Store } from '../../../core/memory/entry.ts';
import type { Operation } from '../../../core/memory/operation.ts';
import { placeFor } from '../../../core/memory/place.ts';
import type { Change } from '../difference/difference.ts';
import { operationsOf } from '../difference/operations.ts';
import { sectionKey } from '../difference/place.ts';
import { entriesOf } from '../../../core/memory/operation.ts';

/** One lesson. */
export interface Piece {
  readonly changes: readonly [Change, ...Change[]];
  readonly operations: readonly Operation[];
}

export interface Pieces {
  readonly pieces: readonly Piece[];
  /** Changes of entries that memory no longer has as the dream read them. */
  readonly outdated: number;
}

/**
 * @param base the memory as it is now, which may have changed since the dream read it.
 * @param isMemory whether the config calls a path memory; what is written elsewhere goes where memory speaks of it.
 */
export function piecesOf(
  changes: readonly Change[],
  base: Store,
  isMemory: (path: string) => boolean,
): Pieces {
  const placed = changes.flatMap((change) => {
    const operations = operationsOf(change, base).map((operation) => inMemory(operation, base, isMemory));
    return operations.includes(undefined)
      ? []
      : [{ change, operations: operations.filter((each) => each !== undefined) }];
  });
  const current = placed.filter(({ operations }) =>
    operations.flatMap(entriesOf).every((id) => base.entries.has(id)),
  );
  const groups = Map.groupBy(current, ({ change }) => lessonKey(change) ?? change);
  return {
    pieces: [...groups.values()].flatMap(([first, ...others]): Piece[] =>
      first === undefined
        ? []
        : [
            {
              changes: [first.change, ...others.map(({ change }) => change)],
              operations: [first, ...others].flatMap(({ operations }) => operations),
            },
          ],
    ),
    outdated: placed.length - current.length,
  };
}

/** What moved from one section to another moved together; every other change is a lesson of its own. */
function lessonKey(change: Change): string | undefined {
  return change.kind === 'move' ? `${sectionKey(change.from)}\0${sectionKey(change.to)}` : undefined;
}

/** @returns undefined for a move out of memory: nobody would read it there. */
function inMemory(
  operation: Operation,
  base: Store,
  isMemory: (path: string) => boolean,
): Operation | undefined {
  if (!('file' in operation) || isMemory(operation.file)) return operation;
  if (operation.op === 'move') return undefined;
  const [first] = entriesOf(operation).flatMap((id) => base.entries.get(id) ?? []);
  const { heading: _elsewhere, ...rest } = operation;
  if (first !== undefined) return { ...rest, file: first.file, heading: [...first.headings] };
  const { file, heading } = placeFor(base, operation.text);
  return { ...rest, file, ...(heading === undefined ? {} : { heading: [...heading] }) };
}
