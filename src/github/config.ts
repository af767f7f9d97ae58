/** The configuration of a repository on GitHub: of its default branch, on top of what its organisation says. */
import { isMap, parseDocument } from 'yaml';
import { defaultConfig, parseConfig, type ConfigError } from '../config-file.ts';
import { configPath, type Config } from '../core/config.ts';
import type { OpenedRepository } from '../git/repository.ts';
import { gitText } from '../git/run.ts';

export interface HostedConfig {
  readonly config: Config;
  /** The file on the default branch is wrong, and an older one is in force: every mistake in it, as a sentence. */
  readonly mistakes: readonly string[];
  /** What is in the file and counts for nothing, as sentences. */
  readonly notes: readonly string[];
  /** Nobody has said yes to us: there is no file on the default branch. */
  readonly absent: boolean;
  /** False: no version of the file is valid, and what `config` says is only what holds without any. */
  readonly inForce: boolean;
}

/** How far back a valid file is looked for. */
const mostVersions = 20;

/** @param inherited the text of the organisation's own file, if there is one; a wrong one counts for nothing. */
export async function readHostedConfig(
  repository: OpenedRepository,
  inherited: string | undefined,
): Promise<HostedConfig> {
  const head = await repository.resolve('HEAD');
  const text = head === undefined ? undefined : await repository.readFile(head, configPath);
  const above = inherited !== undefined && 'config' in parseConfig(inherited) ? inherited : '';
  const none = {
    config: parsedOf(above) ?? defaultConfig(),
    ...{ mistakes: [], notes: [], absent: false, inForce: false },
  };
  if (text === undefined || head === undefined) return { ...none, absent: true };
  const config = parsedOf(text, above);
  if (config !== undefined) return { ...none, config, notes: notesIn(text), inForce: true };
  const mistakes = mistakesIn(text);
  for (const commit of await versions(repository, head)) {
    const older = await repository.readFile(commit, configPath);
    const valid = older === undefined ? undefined : parsedOf(older, above);
    if (valid !== undefined) return { ...none, config: valid, mistakes, inForce: true };
  }
  return { ...none, mistakes };
}

function mistakesIn(text: string): readonly string[] {
  const parsed = parseConfig(text);
  if ('config' in parsed) return [`${configPath} does not go together with that of the organisation`];
  return parsed.errors.map(sentence);
}

function notesIn(text: string): readonly string[] {
  const parsed = parseConfig(text);
  return 'config' in parsed ? parsed.notes.map(sentence) : [];
}

const sentence = ({ line, column, message }: ConfigError): string =>
  `${configPath}:${line}:${column} ${message}`;

/** @returns undefined when the text, or both together, are no valid config. */
function parsedOf(text: string, above = ''): Config | undefined {
  const own = parseConfig(text);
  if ('errors' in own) return undefined;
  if (above === '') return own.config;
  // JSON is YAML: what both say together is checked as one file.
  const both = parseConfig(JSON.stringify(laidOver(plain(above), plain(text))));
  return 'config' in both ? both.config : undefined;
}

/** Only of text that parseConfig took. */
function plain(text: string): unknown {
  const document = parseDocument(text.replace(/^\uFEFF/, ''));
  return isMap(document.contents) ? document.toJS() : {};
}

/** Keys of the repository win; lists are taken whole. An empty key says nothing. */
function laidOver(below: unknown, above: unknown): unknown {
  if (above === null || above === undefined) return below;
  if (!isRecord(below) || !isRecord(above)) return above;
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries([...keys].map((key) => [key, laidOver(below[key], above[key])]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function versions({ site }: OpenedRepository, head: string): Promise<readonly string[]> {
  const args = ['log', `--max-count=${mostVersions}`, '--format=%H', head, '--', configPath];
  return (await gitText(site, args)).split('\n').filter((commit) => commit !== '' && commit !== head);
}
