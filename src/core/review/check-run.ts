/** The check run on the head of a dream's pull request: what the guard found, each on its line. */
import type { Finding } from '../guard/finding.ts';
import type { JournalProposal } from '../dream/journal.ts';
import { inert } from './inert.ts';
import type { ReviewInput } from './input.ts';
import { wantsLook } from './look.ts';
import { reviewOrder } from './order.ts';
import { clip, visible } from './visible.ts';
import { count } from './wording.ts';

export const checkName = 'dreamkeeper';

/** GitHub takes 50 in a request; who reads more than two of those. */
export const mostAnnotations = 100;

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

export interface CheckText {
  readonly conclusion: 'success' | 'neutral';
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

export interface CheckInput extends Pick<ReviewInput, 'journal' | 'dropped'> {
  /** Text of the memory files at the head, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** A person has committed to the branch: nobody has checked that. */
  readonly theirs: boolean;
}

/** Success when every check passed; neutral when a person must look. It never fails: a dream is only proposed. */
export function checkText(input: CheckInput): CheckText {
  const kept = reviewOrder(input.journal.proposals.filter(({ number }) => !input.dropped.has(number)));
  const look = kept.filter(wantsLook);
  const all = kept.flatMap((proposal) => annotationsOf(proposal, input.files));
  const clean = look.length === 0 && !input.theirs;
  return {
    conclusion: clean ? 'success' : 'neutral',
    title: clean
      ? `${count(kept.length, 'change')}: every check passed`
      : [
          count(kept.length, 'change'),
          ...(look.length === 0
            ? []
            : [`${look.length} ${look.length === 1 ? 'asks' : 'ask'} for a closer look`]),
          ...(input.theirs ? ['somebody has committed to the branch'] : []),
        ].join(', '),
    summary: summaryOf(input, kept, all.length),
    annotations: all.slice(0, mostAnnotations),
  };
}

const named = { review: 'look at', block: 'blocked', note: 'note' } as const;
const linesShown = 200;

function summaryOf(input: CheckInput, kept: readonly JournalProposal[], found: number): string {
  const lines = kept.flatMap((proposal) => [
    `- **${proposal.number}. ${inert(clip(proposal.title, 100))}**`,
    ...proposal.findings.map(
      ({ check, severity, message }) => `  - ${named[severity]}, ${check}: ${inert(clip(message, 200))}`,
    ),
  ]);
  const rest = lines.length - linesShown;
  const { withheld } = input.journal;
  const asides = [
    ...(input.theirs
      ? ['Somebody has committed to the branch. Only what the dream proposed was checked.']
      : []),
    ...(withheld.length === 0
      ? []
      : [`${count(withheld.length, 'proposal was', 'proposals were')} withheld; the pull request says why.`]),
    ...(found > mostAnnotations ? [`${mostAnnotations} of ${found} findings are shown on their lines.`] : []),
  ];
  const shown = rest > 0 ? [...lines.slice(0, linesShown), `- … and ${rest} lines more`] : lines;
  return [...asides, shown.join('\n')].filter((part) => part !== '').join('\n\n');
}

const levels = { note: 'notice', review: 'warning', block: 'failure' } as const;

function annotationsOf(proposal: JournalProposal, files: CheckInput['files']): Annotation[] {
  const place = placeOf(proposal, files);
  if (place === undefined) return [];
  return proposal.findings.map(({ check, severity, message }: Finding) => ({
    path: place.path,
    start_line: place.line,
    end_line: place.line,
    annotation_level: levels[severity],
    title: clip(`${proposal.number}: ${check}`, 255),
    // Annotations are plain text: nothing in them is acted on.
    message: clip(visible(message), 2_000),
  }));
}

/** Where its first new line is; where nothing is new, about where its first old one was. */
function placeOf(
  { added, before }: Pick<JournalProposal, 'added' | 'before'>,
  files: CheckInput['files'],
): { readonly path: string; readonly line: number } | undefined {
  for (const { file, lines } of added) {
    const text = files.get(file)?.split(/\r?\n/) ?? [];
    const at = text.findIndex((line) => lines.includes(line));
    if (at !== -1) return { path: file, line: at + 1 };
  }
  const [old] = before;
  if (old === undefined) return undefined;
  const length = files.get(old.file)?.split('\n').length;
  return { path: old.file, line: Math.max(1, Math.min(old.lines[0], length ?? 1)) };
}
