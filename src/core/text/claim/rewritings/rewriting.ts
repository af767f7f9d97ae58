/** One way to say a thing, and the form it is brought to. Patterns are global. */
export type Rewriting = readonly [pattern: RegExp, replacement: string];

/** A few words of one clause. */
export const some = '([^,.;:!?()]{1,80}?)';
/** The rest of a clause. */
export const rest = '([^,.;:!?()]{1,80})';
/** Where a sentence or clause begins. */
export const start = '(^|[.;:!?] )';
/** Every verb that turns down what follows it. */
export const denial =
  "(?:(?:do|does) not|(?:do|does)n['’]?t|never|nobody|no one|(?:must|may|might|should|can|will)(?: not|n['’]?t)|cannot|won['’]t)";
export const unit = '(?:seconds?|minutes?|hours?|days?|weeks?|months?|ms|h)';
