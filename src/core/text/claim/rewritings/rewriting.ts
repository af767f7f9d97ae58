/** One way to say a thing, and the form it is brought to. Patterns are global. */
export type Rewriting = readonly [pattern: RegExp, replacement: string];

/** A few words of one clause. */
export const some = '([^,.;:!?()]{1,80}?)';
export const unit = '(?:seconds?|minutes?|hours?|days?|weeks?|months?|ms|h)';
