/**
 * Commit messages of a dream: fixed titles and ids only. Nothing foreign gets in, so nobody can forge a trailer, skip CI
 * or close an issue with words from a transcript.
 */
import { proposalKinds, type ProposalKind } from '../dream/proposal.ts';

const titles: Readonly<Record<ProposalKind, string>> = {
  learn: 'Remember what sessions taught',
  correct: 'Correct what is no longer true',
  merge: 'Merge entries that say the same',
  retire: 'Retire what no longer holds',
  promote: 'Promote to a wider scope',
  reorganise: 'Put memory in better order',
  enforce: 'Suggest a check',
};

const dreamId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * @returns the message of the commit that renders one proposal, with trailers that `parseTrailers` reads.
 * @throws {RangeError} when the dream id is not one of ours.
 */
export function commitMessage(
  dream: string,
  proposal: { readonly number: number; readonly kind: ProposalKind },
): string {
  if (!dreamId.test(dream))
    throw new RangeError('A dream id has letters, digits, dots, dashes and underscores only.');
  return [
    titles[proposal.kind],
    '',
    `Dream: ${dream}`,
    `Dream-Proposal: ${proposal.number}`,
    `Dream-Kind: ${proposal.kind}`,
    '',
  ].join('\n');
}

export interface Trailers {
  readonly dream: string;
  readonly proposal: number;
  readonly kind: ProposalKind;
}

/** Three lines together, as `commitMessage` writes them. `git merge --squash` indents them by four spaces. */
const block =
  /^(?<indent> {4}|)Dream: (?<dream>\S+)\n\k<indent>Dream-Proposal: (?<number>[1-9]\d{0,5})\n\k<indent>Dream-Kind: (?<kind>[a-z]+)[ \t]*$/gm;

/** @returns every dream and proposal a commit message names, in its order: several in a squashed one. */
export function parseTrailers(message: string): Trailers[] {
  const found: Trailers[] = [];
  for (const { groups } of message.replace(/\r\n?/g, '\n').matchAll(block)) {
    const kind = proposalKinds.find((known) => known === groups?.kind);
    const dream = groups?.dream ?? '';
    if (kind !== undefined && dreamId.test(dream))
      found.push({ dream, proposal: Number(groups?.number), kind });
  }
  return found;
}
