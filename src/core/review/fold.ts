/** A folded part of a review. */
export interface Fold {
  readonly summary: string;
  /** Blocks of Markdown, most important first. */
  readonly pieces: readonly string[];
}
