/** A third set, larger than the others and of more voices, written without a look at the rules. */
import type { Phrasings } from '../phrasings.ts';
import { corrections } from './corrections.ts';
import { gone } from './gone.ts';
import * as hostile from './hostile.ts';
import { oneOffs } from './one-offs.ts';
import * as pasted from './pasted.ts';
import { refuted } from './refuted.ts';
import { requests } from './requests.ts';
import { statements } from './statements.ts';
import * as talk from './talk.ts';
import { traps } from './traps.ts';
import { twins } from './twins.ts';

export const devPhrasings: Phrasings = {
  ...{ ...hostile, ...pasted, ...talk },
  ...{ corrections, gone, oneOffs, refuted, requests, statements, traps, twins },
};
