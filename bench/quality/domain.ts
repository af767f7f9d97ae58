/** What an invented project is made of: its names, its notes, and what people there have to teach. */

/** Where a note belongs; a heading of a store that is one file, a topic file of one that is many. */
export const topics = ['build', 'testing', 'data', 'deploy', 'style', 'team'] as const;
export type Topic = (typeof topics)[number];

/** A true statement that nothing in any session touches: it must outlive every dream. */
export interface Note {
  readonly topic: Topic;
  readonly text: string;
}

export interface Domain {
  readonly name: string;
  readonly remote: string;
  readonly people: readonly string[];
  /** Parts of the product, for tasks and branch names. */
  readonly areas: readonly string[];
  readonly commands: readonly string[];
  readonly services: readonly string[];
  /** Source files; all are in the repository. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Two tools of which a team uses one. */
  readonly choices: readonly (readonly [string, string])[];
  readonly notes: readonly Note[];
}

/** Something people say again and again. Both forms are verb phrases: "always …", "don't …". */
export interface Lesson {
  readonly do: readonly string[];
  readonly dont: readonly string[];
  /** What a proposal must name to say the same, of those that were said. */
  readonly keys: readonly string[];
}

/** A note that is no longer true. `subject` fits before "is" and "isn't". */
export interface StaleFact {
  readonly topic: Topic;
  readonly note: string;
  readonly subject: string;
  readonly old: string;
  readonly new: string;
}

/** A note about something that is no more. */
export interface GoneFact {
  readonly topic: Topic;
  readonly note: string;
  readonly thing: string;
}

/** `{n}` and `{file}` in what is printed differ between sessions. */
export interface ShellError {
  readonly command: string;
  readonly error: string;
  readonly fix: string;
  readonly works: string;
  readonly keys: readonly string[];
}

export interface LintRule {
  readonly command: string;
  readonly rule: string;
  /** One line of the linter's output. */
  readonly line: string;
  /** What it prints after its lines. */
  readonly end: string;
  readonly before: string;
  readonly after: string;
}

/** `{arg}` differs between sessions. */
export interface Workflow {
  readonly steps: readonly string[];
  readonly args: readonly string[];
  readonly keys: readonly string[];
}

/** What one set of a domain can plant. The sets share no material, but `more` takes that of `dev`. */
export interface Material {
  readonly lessons: readonly Lesson[];
  readonly stale: readonly StaleFact[];
  readonly gone: readonly GoneFact[];
  readonly errors: readonly ShellError[];
  readonly rules: readonly LintRule[];
  readonly workflows: readonly Workflow[];
}
