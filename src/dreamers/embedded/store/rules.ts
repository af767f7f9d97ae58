/** The rules that look at the memory itself, in the order of their worth where two want the same entry. */
import type { Rule } from '../rule.ts';
import { conflicts } from './conflicts.ts';
import { duplicates } from './duplicates.ts';
import { memoryIndex } from './memory-index.ts';
import { missingNames } from './missing.ts';
import { oversize } from './oversize.ts';
import { promote } from './promote.ts';
import { relativeDateRule } from './relative-dates.ts';
import { staleReferenceRule } from './stale.ts';

export const storeRules: readonly Rule[] = [
  conflicts,
  staleReferenceRule,
  missingNames,
  relativeDateRule,
  memoryIndex,
  duplicates,
  promote,
  oversize,
];
