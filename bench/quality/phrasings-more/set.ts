/** A fourth set: what teaches is said by people not heard in `dev`; talk, pasted and hostile text is that of `dev`. */
import { injections, secrets } from '../phrasings-dev/hostile.ts';
import { planSteps, reviewLines } from '../phrasings-dev/pasted.ts';
import { agent, chatter, questions, tasks } from '../phrasings-dev/talk.ts';
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
