/** Words that ask to be remembered and say nothing that another task could use. */
import { specifics } from '../../text/specifics.ts';
import { stems, words } from '../../text/words.ts';

/** A thing of which nothing is said, a deed without what tells it from others, or what somebody does themselves. */
export const teachesNothing = (lesson: string): boolean =>
  ofMyself.test(lesson) || (isPlain(lesson) && (isBareThing(lesson) || isChore(lesson)));

const ofMyself = /^i(?:['’](?:ll|m|ve|d)\b| (?!want|need|expect|prefer|like))/i;

/** No name, path, number or code stands in it. */
const isPlain = (lesson: string): boolean => specifics(lesson).every(({ kind }) => kind === 'negation');

const determined = /^(?:the|a|an|my|your|our|its?|this|that|these|those|last|previous)\b/i;
const predicates =
  /\b(?:is|are|was|were|has|have|had|do|does|did|can|could|must|should|will|would|may|might|needs?|gets?|goes|comes?|runs?|lives?|uses?|takes?|holds?|means|stays?|belongs?|\w+ed)\b|['’](?:s|re)\b/i;
const longestThing = 5;

/** "Remember the scroll position": a thing of which nothing is said. What the product should keep is a task. */
const isBareThing = (lesson: string): boolean =>
  determined.test(lesson) && !predicates.test(lesson) && words(lesson).length <= longestThing;

const deeds =
  /^(?:add|ask|call|check|clean|close|commit|deploy|do|finish|fix|go|look|merge|open|push|rebase|restart|run|save|send|start|stop|test|try|update)\b/i;
const shortestRule = 3;

/** "Remember to add a test": it names a deed, and nothing that would tell when, how or to what. */
const isChore = (lesson: string): boolean => deeds.test(lesson) && stems(lesson).length < shortestRule;
