/** Rows form a graph: a prompt whose parent was answered before means that the person went back and took another way. */
import type { JsonObject } from '../json-value.ts';
import { asString } from '../json-value.ts';
import { recentMap } from './recent.ts';

const maxRows = 20_000;

/** A function to call with every user and assistant row in order; true when the row is a prompt after going back. */
export function rewinds(): (row: JsonObject, isPrompt: boolean) => boolean {
  const answered = recentMap<true>(maxRows);
  return (row, isPrompt) => {
    // After a compaction the graph begins anew (logicalParentUuid leads back): a row without a parent is no rewind.
    const parent = asString(row.parentUuid);
    if (parent === undefined) return false;
    const wentBack = isPrompt && answered.get(parent) === true;
    answered.set(parent, true);
    return wentBack;
  };
}
