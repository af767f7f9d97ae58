/** The verbs of the command, in the order in which help lists them: all that must be known before one is chosen. */

export const verbs = {
  init: 'Write .github/dreamkeeper.yml with comments, and say what memory was found. Never overwrites.',
  ingest: 'Take transcripts of agent sessions in. Secrets are redacted before anything is written.',
  dream: 'Dream: propose changes to the memory, one commit each, on a branch of their own.',
  show: 'Print what a dream proposes: the text of its pull request, and the diff.',
  drop: 'Leave proposals out of the open dream. Once it is accepted they count as rejected.',
  accept: 'Merge the open dream into the branch it started from. What was dropped counts as rejected.',
  reject: 'Close the open dream. What it proposed comes back only with new evidence.',
  status: 'Say what waits to be dreamed about, which dream is open, and what would happen now.',
  why: 'Say why a line of memory is there: the dream and the quote behind it, or who wrote it.',
  restore: 'Bring back an entry that a dream took out, as an edit of the working tree.',
  forget: 'Remove a session, or a text wherever it stands, from the ledger and its history. For good.',
  lint: 'Check the committed memory: duplicates, conflicts, stale paths, dead links, secrets, size and more.',
  serve: 'Take in and dream by itself, for every repository of a folder, until it is stopped.',
  jobs: 'Say what a running "serve" has to do, did and laid aside; run jobs again, or cancel them.',
  demo: 'See it work: make a scratch repository of an invented team, take in eight sessions, dream.',
} as const;

export type VerbName = keyof typeof verbs;

/** @returns the verb that the arguments of the process ask for; undefined for none and for words that are no verb. */
export function askedVerb(args: readonly string[]): VerbName | undefined {
  const word = args.find((argument) => !argument.startsWith('-'));
  return isVerb(word) ? word : undefined;
}

function isVerb(word: string | undefined): word is VerbName {
  return word !== undefined && Object.hasOwn(verbs, word);
}
