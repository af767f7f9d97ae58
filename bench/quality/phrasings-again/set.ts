/** A sixth set, written when the rules had been tuned with the fifth: paraphrases, and people's words. The rest is that of others. */
import { traps } from '../phrasings-dev/traps.ts';
import { injections, secrets } from '../phrasings-dev/hostile.ts';
import { agent } from '../phrasings-dev/talk.ts';
import { planSteps, reviewLines } from '../phrasings-fresh/pasted.ts';
import { gone, refuted } from '../phrasings-fresh/refuted.ts';
import { chatter, questions } from '../phrasings-fresh/talk.ts';
import type { Phrasings } from '../phrasings.ts';
import { corrections, oneOffs, requests, statements, tasks } from './said.ts';
import { twins } from './twins.ts';

export const againPhrasings: Phrasings = {
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
