/** The patterns a team adds in its config (`redact:`). */
import { RE2JS } from 're2js';
import { DreamkeeperError } from '../../error.ts';
import type { Finder, SecretMatch } from './match.ts';

/** Longer expressions are data, not patterns, and cost time on every text. */
const longestPattern = 1_000;
const mostPatterns = 100;

/**
 * Compiles patterns with RE2, which runs in linear time whatever the pattern and the text: look-around and
 * back-references do not exist there.
 * @throws {DreamkeeperError} `config` when a pattern is invalid, too long, matches the empty text, or there are too many.
 */
export function customFinder(patterns: readonly string[]): Finder {
  if (patterns.length > mostPatterns) {
    throw new DreamkeeperError(
      'config',
      `redact: at most ${mostPatterns} patterns, found ${patterns.length}`,
    );
  }
  const compiled = patterns.map(compile);
  return function* find(text: string): Generator<SecretMatch> {
    for (const pattern of compiled) {
      const matcher = pattern.matcher(text);
      while (matcher.find()) {
        if (matcher.end() > matcher.start()) {
          yield { kind: 'custom', start: matcher.start(), end: matcher.end() };
        }
      }
    }
  };
}

function compile(pattern: string, position: number): RE2JS {
  const fail = (problem: string, cause?: unknown): DreamkeeperError =>
    new DreamkeeperError('config', `redact[${position}]: ${problem}`, {
      remedy: 'Write it in RE2 syntax: no look-around, no back-references. See docs/configuration.md.',
      cause,
    });
  if (pattern.length > longestPattern) throw fail(`longer than ${longestPattern} characters`);
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (error) {
    throw fail(error instanceof Error ? error.message : 'not a regular expression', error);
  }
  if (compiled.matcher('').find()) throw fail('it matches the empty text, so it would match everywhere');
  return compiled;
}
