/** A fifth set, written without a look at the rules: what many developers would say most plainly, and much that teaches nothing. */
import { injections, secrets } from '../phrasings-dev/hostile.ts';
import { agent } from '../phrasings-dev/talk.ts';
import type { Phrasings } from '../phrasings.ts';
import { oneOffs } from './one-offs.ts';
import { planSteps, reviewLines } from './pasted.ts';
import { gone, refuted } from './refuted.ts';
import { requests } from './requests.ts';
import { corrections, statements } from './statements.ts';
import { chatter, questions, tasks } from './talk.ts';
import { traps } from './traps.ts';
import { twins } from './twins.ts';

export const freshPhrasings: Phrasings = {
  twins,
  traps,
  refuted,
  gone,
  requests,
  statements,
  corrections,
  tasks,
  oneOffs,
  chatter,
  questions,
  planSteps,
  reviewLines,
  injections,
  secrets,
  agent,
};
