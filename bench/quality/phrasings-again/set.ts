/** A sixth set, written when the rules had been tuned with the fifth: paraphrases, and people's words. The rest is that of others. */
import { traps } from '../phrasings-dev/traps.ts';
import { freshPhrasings } from '../phrasings-fresh/set.ts';
import type { Phrasings } from '../phrasings.ts';
import * as said from './said.ts';
import { twins } from './twins.ts';

export const againPhrasings: Phrasings = { ...freshPhrasings, ...said, traps, twins };
