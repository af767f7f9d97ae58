/** A fourth set: what teaches is said by people not heard in `dev`; talk, pasted and hostile text is that of `dev`. */
import { devPhrasings } from '../phrasings-dev/set.ts';
import type { Phrasings } from '../phrasings.ts';
import { corrections } from './corrections.ts';
import { gone } from './gone.ts';
import { oneOffs } from './one-offs.ts';
import { refuted } from './refuted.ts';
import { requests } from './requests.ts';
import { statements } from './statements.ts';
import { traps } from './traps.ts';
import { twins } from './twins.ts';

export const morePhrasings: Phrasings = {
  ...devPhrasings,
  ...{ corrections, gone, oneOffs, refuted, requests, statements, traps, twins },
};
