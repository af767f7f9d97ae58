/** Files that are longer than agents read, or than a person keeps in order. */
import { tokens } from '../../text/tokens.ts';
import { audienceOf } from '../audience.ts';
import type { Load } from '../audience.ts';
import type { MemoryFile, Store } from '../entry.ts';
import { isIndex, isTopic } from '../index-file.ts';
import {
  agentsBytes,
  alwaysLoadedTokens,
  fileBytes,
  indexBytes,
  indexLineCharacters,
  indexLines,
  storeFiles,
  topicCharacters,
} from '../limits.ts';
import { byteLength } from '../size.ts';
import type { LintFinding } from './finding.ts';

/** Files beyond the limits of one memory, and a store of too many. */
export function filesTooLong(store: Store): LintFinding[] {
  const findings = store.files.flatMap((file) => {
    const bytes = byteLength(file.text);
    if (bytes > fileBytes)
      return [about(file, 'file-size', `${bytes} bytes; agents' memory takes at most ${fileBytes}`)];
    const length = file.text.length;
    return isTopic(file.path) && length > topicCharacters
      ? [about(file, 'file-size', `${length} characters; split it by topic, under ${topicCharacters} each`)]
      : [];
  });
  const [first] = store.files;
  if (first === undefined || store.files.length <= storeFiles) return findings;
  return [
    ...findings,
    about(first, 'file-size', `${store.files.length} memory files; at most ${storeFiles} are read`),
  ];
}

/** Indexes and lines of them that are longer than agents load. */
export function indexTooLong(store: Store): LintFinding[] {
  return store.files
    .filter(({ path }) => isIndex(path))
    .flatMap((file) => {
      const lines = file.text.replace(/\r?\n$/, '').split('\n');
      const bytes = byteLength(file.text);
      const whole = [
        ...(lines.length > indexLines
          ? [about(file, 'index', `${lines.length} lines; agents load the first ${indexLines}`)]
          : []),
        ...(bytes > indexBytes
          ? [about(file, 'index', `${bytes} bytes; agents load the first ${indexBytes}`)]
          : []),
      ];
      const long = lines.flatMap((line, index) =>
        line.trimEnd().length > indexLineCharacters
          ? [
              {
                ...about(
                  file,
                  'index',
                  `${line.trimEnd().length} characters; an index line has at most ${indexLineCharacters}`,
                ),
                line: index + 1,
              },
            ]
          : [],
      );
      return [...whole, ...long];
    });
}

/** More in an agent's context from the start than it should carry, reported at the longest file. */
export function overBudget(store: Store): LintFinding[] {
  const byAgent = new Map<Load['agent'], MemoryFile[]>();
  for (const file of store.files) {
    for (const { agent, when } of audienceOf(store, file.path)) {
      if (when === 'always') byAgent.set(agent, [...(byAgent.get(agent) ?? []), file]);
    }
  }
  return [...byAgent].flatMap(([agent, files]) => {
    const longest = files.reduce((best, file) => (file.text.length > best.text.length ? file : best));
    const total = files.reduce((sum, { text }) => sum + tokens(text), 0);
    const over =
      total > alwaysLoadedTokens
        ? [
            about(
              longest,
              'budget',
              `${agent} always loads about ${total} tokens; keep it under ${alwaysLoadedTokens}`,
            ),
          ]
        : [];
    const bytes = files.reduce((sum, { text }) => sum + byteLength(text), 0);
    if (agent !== 'codex' || bytes <= agentsBytes) return over;
    return [
      ...over,
      about(longest, 'budget', `AGENTS.md files have ${bytes} bytes together; Codex reads ${agentsBytes}`),
    ];
  });
}

function about({ path }: MemoryFile, check: LintFinding['check'], message: string): LintFinding {
  return { check, file: path, line: 1, message };
}
