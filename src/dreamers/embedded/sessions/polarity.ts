/** Whether words deny or assert something, read off a text in which only that something is marked. */

/** Stand for the values in the lower-cased text; capitals keep them apart from words. */
const mark = { old: 'OLD', now: 'NEW' } as const;

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The text in lower case, the ranges replaced by marks, without articles and quotes around them. */
export function marked(text: string, old: readonly Range[], now: readonly Range[]): string {
  const ranges = [
    ...old.map((range) => ({ ...range, as: mark.old })),
    ...now.map((range) => ({ ...range, as: mark.now })),
  ].sort((a, b) => a.start - b.start);
  let result = '';
  let from = 0;
  for (const { start, end, as } of ranges) {
    if (start < from) continue;
    result += text.slice(from, start).toLowerCase() + as;
    from = end;
  }
  return (result + text.slice(from).toLowerCase())
    .replace(/[’]/g, "'")
    .replace(/[`"*“”]/g, '')
    .replace(/\b(?:the|a|an|our|that|this|its|port|version|old|new)\s+(?=OLD|NEW)/g, '')
    .replace(/\b(?:the|a|an|our|that|this|its|port|version|old|new)\s+(?=OLD|NEW)/g, '');
}

/** Words that may stand between a verb and its value. */
const gap = String.raw`(?:(?:on|in|at|the|a|an|about|by|via|with|using|use|used|be|been|called|named|for|say|says|really|just|even|still|only|to) ){0,3}`;
const not = String.raw`(?:not|no longer|never|nor|\w+n'?t|cannot)`;
const adverbs = String.raw`(?:(?:just|now|already|long|all|finally|completely|entirely|recently|also|officially|since|meanwhile|actually|simply|by now|apparently|been) )*`;
const been = String.raw`(?:(?:is|are|was|were|has|have|had|got|gets|been|being|'s) )+`;

export const goneWords = String.raw`(?:gone|history|dead|removed|deleted|erased|retired|dropped|killed(?: off)?|axed|scrapped|cancell?ed|abolished|discontinued|decommissioned|deprecated|obsolete|outdated|out of date|stale|dissolved|disbanded|defunct|abandoned|ditched|dismantled|sunset(?:ted)?|retracted|withdrawn|closed|ended|switched off|turned off|called off|shut (?:down|off)|powered (?:down|off)|taken (?:down|away|out|offline)|thrown (?:out|away|over)|torn down|torn out|ripped out|pulled|phased out|wound down|cleaned up|wiped|purged|put down|unplugged|no more|out of (?:service|use)|a thing of the past|past|passé|over|finished|disabled|offline for good|put (?:to rest|to sleep|to bed)|laid to rest|ceased to exist|not happening|done with)`;

const deniedBefore = (v: string): readonly string[] => [
  `\\b${not} ${gap}${v}`,
  `\\b(?:was|were|had been|used to (?:be|use|run|live|say)|stop \\w+ing|stopped \\w+ing|quit \\w+ing|instead of|rather than|forget(?: about)?|ignore|disregard|skip|replac(?:e|ed|es|ing)|dropp?(?:ed)?|removed|deleted|ditched|retired|killed|left|abandoned|away from|get rid of|got rid of|from|formerly|previously|before that|back then|it said|says?|said|saying|claims?|mentions?|outdated|stale|obsolete|wrong|bye|out goes|superseded|(?:replacement|successor) (?:for|of)|instead(?: of)?|than) ${gap}${v}`,
  `\\bno (?:more )?${v}`,
  `\\bwhere (?:did|do) you [^.!?]*${v}`,
  `\\bwhy (?:do|did|are) you [^.!?]*${v}`,
  `\\bwho told you [^.!?]*${v}`,
  `\\b(?:note|notes|entry|line|memory|docs?|file)\\b[^.!?,;]{0,40} ${v}[^.!?,;]{0,20}(?:wrong|outdated|stale|old|obsolete|out of date)`,
];
const deniedAfter = (v: string): readonly string[] => [
  `${v}(?: (?:in|from|of|on) (?:the |our |your )?[\\w.]+(?: file| notes?)?)? ?(?:${been}|(?:is|'s) )?${adverbs}(?:${goneWords}|history|wrong|incorrect|superseded|long gone)`,
  `${v}(?: in [\\w ]{2,20})? ${been}${adverbs}(?:old|older|from (?:last|the|before|\\d)|before\\b|last (?:year|month|week)|until|till|what (?:it|we|they) (?:was|had|used)|years ago)`,
  `${v} (?:is|are|was|were|does|do|did|has|have|will|can|won|ca)(?:n't| not| never| no longer)`,
  `${v} (?:no longer|stopped|ceased|went|left|died|disappeared|vanished|expired)\\b`,
  `${v}(?:,|\\?|;| -| –| —) ?(?:that|it|this|which) ?(?:is|was|'s|has|does)[^.!?]{0,12} ?(?:n't|not|no longer|${goneWords}|before|old|wrong)`,
];
const assertedBefore = (v: string): readonly string[] => [
  `(?:\\b(?:is|are|be|been|being|become|becomes|became|it's|that's|they're|now|to|with|by|use|uses|using|on|at|in|into|mean|meant|have|has|needs?|requires?|runs?|listens?|lives?|onto|for|via|behind|after|within|every|says?|reads?|took|takes|take|want|got|exactly|currently|actually|meanwhile|instead|rather|just|but|only)|=|:|->|→|=>|–|—|-|'s) (?:(?:now|currently|actually|on|in|at|to|called|named|by now|already|since|today|nowadays|really|just|only|only|up|down|over|with) ){0,3}${v}`,
  `(?:=|:|->|→)${v}`,
];
const assertedAfter = (v: string): readonly string[] => [
  `${v} (?:now|instead|these days|nowadays|today|took over|has taken|replaced|replaces|is (?:the|what|right|correct|where|our|used|now)|it is|since|by now|does (?:it|that)|handles|took its place)\\b`,
];

const any = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => new RegExp(pattern).test(text));

const denies = (text: string, v: string): boolean => any(deniedBefore(v), text) || any(deniedAfter(v), text);
const asserts = (text: string, v: string): boolean =>
  any(assertedBefore(v), text) || any(assertedAfter(v), text);

/** Words that set what is against what was, without naming it. */
const change =
  /\b(?:now|these days|nowadays|by now|any ?more|no longer|since|instead|outdated|out of date|stale|wrong|obsolete|incorrect|changed|moved|switched|migrated|upgraded|bumped|raised|lowered|old|rely|ignore|meanwhile|not (?:right|true|correct|so)|isn't (?:right|true|correct|so)|mean|actually|today|nope|no(?=[,. ])|became|has become|last (?:week|month|year)|ago|\w+n't (?:true|right|correct|hold|apply|trust))\b/;

/**
 * Whether the new value of a marked text took the place of the old one, named or not.
 * @param sure - the words before the new value speak of nothing else than what has it: then they need no verb
 */
export function replaces(text: string, oldIsNamed: boolean, sure: boolean): boolean {
  // "replaced with NEW" and "replaced by NEW" name what came.
  const came = text.replace(/\b(?:replaced|superseded|swapped) (?:by|with|for) (?=NEW)/g, 'now ');
  if (denies(came, mark.now)) return false;
  if (!oldIsNamed) return asserts(came, mark.now);
  if (denies(came, mark.old)) return sure || asserts(came, mark.now);
  return asserts(came, mark.now) && change.test(came) && !asserts(came, mark.old);
}

/** What may follow a thing that was taken away, so that nothing more particular is meant. */
const ends = String.raw`(?=$|[.,;:!?)\n-]| -| –| —| (?:any|any ?more|in|last|because|so|when|weeks?|months?|years?|this|since|now|already|myself|ourselves|and|but|long|ages|during|with|after|entirely|completely|yesterday|a|some|two|at|for|the|as|is|was|it|that|which|back|today|altogether|by|on|if|are|we|i|has|though|anyway|early|quite|then|ever)\b)`;
const goneVerbs = String.raw`(?:remov(?:e|ed|ing)|delet(?:e|ed|ing)|dropp?(?:ed|ing)?|retir(?:e|ed|ing)|killed(?: off)?|kill(?: off)?|axed?|scrapp?(?:ed)?|cancell?(?:ed)?|abolish(?:ed)?|discontinued?|decommission(?:ed)?|abandon(?:ed)?|ditch(?:ed)?|dismantled?|dissolved?|disband(?:ed)?|closed(?: down)?|ended|sunset(?:ted)?|(?:got|get|getting) rid of|shut (?:down|off)|(?:switch|turn|call)(?:ed)? off|(?:took|take|taken) (?:down|away|offline|out)|(?:threw|throw|thrown) (?:out|away)|(?:tore|torn|ripped|rip|pulled|pull) (?:down|out|off)|phased? out|wound down|unplugged|wiped|purged|stopp?(?:ed)? (?:using|running|having|doing|holding|maintaining|supporting)|gave up|given up(?: on)?|parted with|(?:say|said) goodbye to|waved goodbye to|put an end to|cleaned up|moved away from|did away with|done away with)`;
const goneFrames: readonly string[] = [
  `OLD,? (?:(?:that|which|it) )?(?:${been}|(?:is|'s) )?${adverbs}(?:\\w+ly )?${goneWords}\\b(?! (?:from|by|to|into|with|for (?:a|an) ))`,
  `OLD (?:is|are|was|were)(?: not|n't| no longer)(?: \\w+){0,2} (?:there|thing|around|happening|meeting|taking place|use|used|available|with us|running|alive|exists?|existing|ours|supported|maintained|held|in place|valid)\\b`,
  `OLD (?:no longer|does ?n[o']t|doesn't|don't|do not|stopped|ceased|has not|hasn't|quit|stops) (?:to )?(?:\\w+ )?(?:exist(?:s|ed|ing)?|happen(?:s|ed|ing)?|tak(?:es?|ing) place|runs? any ?more|around|apply|applies)`,
  `OLD (?:went away|went offline|went|has left|left us|died|disappeared|has disappeared|vanished|has vanished|fell|ceased to exist|had to go|has gone|has ceased|ceased|belongs? to the past|is of the past|bit the dust|came to an end|has come to an end|met its end|got the axe|got the boot)\\b`,
  `\\bused to (?:be|have|exist)(?: an?)? OLD[^.!?]{0,30}(?:not|n't|no longer|no more|gone)`,
  `\\bago (?:since|that) [^.!?]{0,20}OLD|\\bages since [^.!?]{0,20}OLD`,
  `OLD(?: any ?more| any longer)?\\s?[.,;:?–—-]+\\s?(?:and |no,? |nope,? |but |because |as |since )?(?:we|they|i|somebody|someone|ops|it|that|this) [^.!?;,]{0,24}(?:${goneWords}|${goneVerbs} (?:it|that|this|them)|(?:turned|switched|shut|took|threw|tore|pulled) (?:it|that|this|them) (?:off|down|away|out|offline)|n't (?:run|exist|happen|take place)[^.!?;,]{0,12} (?:any ?more|any longer))`,
  `OLD\\s?(?:\\?|,|;|:|\\.|-|–|—)+\\s?(?:that|it|this|which|they|no, it|nope, it|yeah,? that) ?(?:'s|is|was|has|got|does|doesn't|hasn't|isn't)?[^.!?;]{0,20}(?:${goneWords}|(?:not|n't|no longer) (?:exist(?:s|ed)?|there|around|a thing|in use))`,
  `\\b(?:there (?:is|are|'s)|there's|theres|we have|we've|have|has|got) no(?: more| longer(?: an?| any)?)?(?: such thing as)? OLD${ends}`,
  `\\bno such (?:thing|things|place)[^.!?]{0,8}OLD`,
  `\\bno(?: such| more) OLD`,
  `\\b(?:no longer|stopped|quit|ceased) (?:have|has|had|having|use|uses|using|need|needs|own|run|running|keep|keeping|operate|do|hold|maintain|rely on|support)(?: \\w+)? OLD${ends}`,
  `\\b(?:\\w+n't|do not|does not|did not|nobody|no one|never|not) (?:\\w+ )?(?:have|has|use|uses|need|needs|own|run|runs|keep|keeps|maintains?|operate|do|hold|exists?|got) OLD (?:any ?more|any longer|now|these days|since)`,
  `\\b(?:we|i|they|he|she|team|it|ops|who|people|somebody|someone|you|agreed|decided|chose|'ve|'d|had|have|has|finally|been|and|just|already|to)(?: \\w+)? ?${goneVerbs} OLD(?! from)${ends}`,
  `\\b(?:goodbye|farewell|bye(?:-| )?bye|said goodbye to|rip|end of|death of|removal of|shutdown of|retirement of) (?:to )?OLD${ends}`,
];

/** Asks, or is only so for the moment. */
const passing =
  /\b(?:for now|right now|at the moment|currently|temporarily|today|for the day|until (?:monday|tuesday|wednesday|thursday|friday|tomorrow)|locally|on my (?:machine|branch)|in my branch|in this (?:branch|pr)|undo|restore|again|by accident|accidentally|by mistake)\b/;

/** Whether a text speaks of a state of the moment, or of one that should not be. */
export function isPassing(text: string): boolean {
  return passing.test(text.toLowerCase());
}

/** Whether a text with a thing marked OLD says that it is no more. */
export function saysItIsGone(text: string): boolean {
  return !isPassing(text) && any(goneFrames, text);
}
