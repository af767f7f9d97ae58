/** A third set, larger than the others and of more voices, written without a look at the rules. */
import type { Phrasings } from '../phrasings.ts';
import { corrections } from './corrections.ts';
import { gone } from './gone.ts';
import { injections, secrets } from './hostile.ts';
import { oneOffs } from './one-offs.ts';
import { planSteps, reviewLines } from './pasted.ts';
import { refuted } from './refuted.ts';
import { requests } from './requests.ts';
import { statements } from './statements.ts';
import { agent, chatter, questions, tasks } from './talk.ts';
import { traps } from './traps.ts';
import { twins } from './twins.ts';

export const devPhrasings: Phrasings = {
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
