/** A fifth set, written without a look at the rules: what many developers would say most plainly, and much that teaches nothing. */
import { devPhrasings } from '../phrasings-dev/set.ts';
import type { Phrasings } from '../phrasings.ts';
import { oneOffs } from './one-offs.ts';
import * as pasted from './pasted.ts';
import * as refuted from './refuted.ts';
import { requests } from './requests.ts';
import * as statements from './statements.ts';
import * as talk from './talk.ts';
import { traps } from './traps.ts';
import { twins } from './twins.ts';

/** What is hostile, and what agents say, is that of `dev`. */
export const freshPhrasings: Phrasings = {
  ...devPhrasings,
  ...{ ...pasted, ...refuted, ...statements, ...talk },
  ...{ oneOffs, requests, traps, twins },
};
