/** What people are told of a config that is wrong, or says what counts for nothing: a check run, and one issue for mistakes. */
import { configPath } from '../config.ts';
import { inert } from './inert.ts';
import { count } from './wording.ts';

export const configCheckName = 'dreamkeeper config';

export interface ConfigReport {
  /** Sentences that begin with `path:line:column`. */
  readonly mistakes: readonly string[];
  /** What is in the file and counts for nothing, in the same form. */
  readonly notes: readonly string[];
  /** An older version of the file is in force; otherwise nothing is done at all. */
  readonly inForce: boolean;
  /** The file can be read, and asks for what this server does not have. */
  readonly lacking?: string;
}

export interface ConfigAnnotation {
  readonly line: number;
  readonly level: 'failure' | 'warning';
  readonly message: string;
}

const marker = '<!-- dreamkeeper:config -->';
const mostMistakes = 30;

/** Whether an issue of ours is about the config, whatever its title is by now. */
export function isConfigIssue(body: string): boolean {
  return body.trimStart().startsWith(marker);
}

export function configIssueTitle({ mistakes }: ConfigReport): string {
  return `Dreamkeeper cannot ${mistakes.length > 0 ? 'read' : 'do what it is asked for in'} ${configPath}`;
}

/** @returns Markdown for the issue; the same for the same mistakes. */
export function configIssueBody(report: ConfigReport): string {
  const end =
    report.mistakes.length > 0 ? 'the file on the default branch can be read again' : 'that is mended';
  return [marker, ...told(report), `This issue closes itself when ${end}.`].join('\n\n');
}

export function configCheckTitle({ mistakes, notes, lacking }: ConfigReport): string {
  if (mistakes.length > 0) return `${count(mistakes.length, 'mistake')} in ${configPath}`;
  if (lacking !== undefined) return `${configPath} asks for what is not there`;
  return `${count(notes.length, 'note')} on ${configPath}`;
}

/** @returns Markdown for the check run. */
export function configCheckSummary(report: ConfigReport): string {
  return told(report).join('\n\n');
}

/** Where each mistake and note stands, for those that say it. */
export function configAnnotations({ mistakes, notes }: ConfigReport): readonly ConfigAnnotation[] {
  return [...placed(mistakes, 'failure'), ...placed(notes, 'warning')];
}

function placed(sentences: readonly string[], level: ConfigAnnotation['level']): readonly ConfigAnnotation[] {
  return sentences.slice(0, mostMistakes).flatMap((sentence) => {
    const [, line, message] = /^\S+?:(\d{1,6}):\d+ (.*)$/s.exec(sentence) ?? [];
    return line === undefined || message === undefined ? [] : [{ line: Number(line), level, message }];
  });
}

function told({ mistakes, notes, inForce, lacking }: ConfigReport): readonly string[] {
  return [
    ...(mistakes.length === 0 ? [] : [consequence(inForce), listOf(mistakes)]),
    ...(lacking === undefined
      ? []
      : ['Until that is mended, nothing is stored and nothing is proposed.', listOf([lacking])]),
    ...(notes.length === 0 ? [] : ['This counts for nothing:', listOf(notes)]),
  ];
}

const consequence = (inForce: boolean): string =>
  inForce
    ? 'The last version of the file that could be read stays in force.'
    : 'No version of the file could ever be read, so nothing is stored and nothing is proposed.';

function listOf(sentences: readonly string[]): string {
  const shown = sentences.slice(0, mostMistakes).map((sentence) => `- ${inert(sentence)}`);
  const rest = sentences.length - shown.length;
  return [...shown, ...(rest > 0 ? [`- … and ${rest} more`] : [])].join('\n');
}
