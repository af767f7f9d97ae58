/** What people are told of a config that is wrong: the text of a check run, and of one issue. */
import { configPath } from '../config.ts';
import { inert } from './inert.ts';
import { count } from './wording.ts';

export const configCheckName = 'dreamkeeper config';
export const configIssueTitle = `Dreamkeeper cannot read ${configPath}`;

export interface ConfigReport {
  /** Sentences that begin with `path:line:column`. */
  readonly mistakes: readonly string[];
  /** An older version of the file is in force; otherwise nothing is done at all. */
  readonly inForce: boolean;
}

export interface ConfigAnnotation {
  readonly line: number;
  readonly message: string;
}

const marker = '<!-- dreamkeeper:config -->';
const mostMistakes = 30;

/** Whether an issue of ours is about the config, whatever its title is by now. */
export function isConfigIssue(body: string): boolean {
  return body.trimStart().startsWith(marker);
}

/** @returns Markdown for the issue; the same for the same mistakes. */
export function configIssueBody(report: ConfigReport): string {
  return [
    marker,
    ...told(report),
    'This issue closes itself when the file on the default branch can be read again.',
  ].join('\n\n');
}

export function configCheckTitle({ mistakes }: ConfigReport): string {
  return `${count(mistakes.length, 'mistake')} in ${configPath}`;
}

/** @returns Markdown for the check run. */
export function configCheckSummary(report: ConfigReport): string {
  return told(report).join('\n\n');
}

/** Where each mistake stands, for those that say it. */
export function configAnnotations({ mistakes }: ConfigReport): readonly ConfigAnnotation[] {
  return mistakes.slice(0, mostMistakes).flatMap((mistake) => {
    const [, line, message] = /^\S+?:(\d{1,6}):\d+ (.*)$/s.exec(mistake) ?? [];
    return line === undefined || message === undefined ? [] : [{ line: Number(line), message }];
  });
}

function told({ mistakes, inForce }: ConfigReport): readonly string[] {
  const shown = mistakes.slice(0, mostMistakes).map((mistake) => `- ${inert(mistake)}`);
  const rest = mistakes.length - shown.length;
  return [
    inForce
      ? 'The last version of the file that could be read stays in force.'
      : 'No version of the file could ever be read, so nothing is stored and nothing is proposed.',
    [...shown, ...(rest > 0 ? [`- … and ${rest} more`] : [])].join('\n'),
  ];
}
