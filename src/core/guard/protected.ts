/** protected: what people keep to themselves stays as it is, and nothing outside the memory is written. */
import picomatch from 'picomatch/posix.js';
import type { Config } from '../config.ts';
import { memoryMatcher } from '../memory/memory-paths.ts';
import { findingsOf, type Check, type GuardContext } from './context.ts';
import type { Finding } from './finding.ts';
import { at, touchedBy } from './written.ts';

const { block } = findingsOf('protected');

interface Place {
  readonly file: string;
  readonly headings: readonly string[];
}

export const protectedPlaces: Check = {
  name: 'protected',
  check: (ctx) => [...outside(ctx), ...kept(ctx), ...untouchable(ctx)],
};

function targetsOf({ proposal }: GuardContext): Place[] {
  return proposal.operations.flatMap((operation) =>
    'file' in operation ? [{ file: operation.file, headings: operation.heading ?? [] }] : [],
  );
}

function outside(ctx: GuardContext): Finding[] {
  const isMemory = memoryMatcher(ctx.config.memory);
  const known = new Set(ctx.store.files.map(({ path }) => path));
  return targetsOf(ctx).flatMap(({ file }) => {
    if (!isPlainPath(file)) return [block('It names a file by a path that leads astray.')];
    if (!isMemory(file)) return [block(`${file} is no memory file by the configuration.`)];
    // Not UTF-8, a link, a submodule: what an addition would write over is not known.
    if (!known.has(file) && ctx.repository.paths.has(file))
      return [block(`${file} is there, but is no text that a dream can read.`)];
    const twin = [...known].find((path) => path !== file && path.toLowerCase() === file.toLowerCase());
    return twin === undefined || known.has(file)
      ? []
      : [block(`${file} and ${twin} would be one file where case does not count.`)];
  });
}

/** Relative, no step up or aside, nothing of Git, no character that a shell or a file system reads as more. */
function isPlainPath(path: string): boolean {
  if (/[\p{Cc}\p{Cf}\\:*?"<>|]/u.test(path)) return false;
  return path
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !/^\.git$|^-|[. ]$/i.test(part));
}

function kept(ctx: GuardContext): Finding[] {
  return touchedBy(ctx.proposal, ctx.store)
    .filter((entry) => entry.keep)
    .map((entry) => block(`${at(entry)} is marked to be kept as it is.`));
}

function untouchable(ctx: GuardContext): Finding[] {
  const places = [...touchedBy(ctx.proposal, ctx.store), ...targetsOf(ctx)];
  const isPolicy = matcher(ctx.config.policy);
  const isProtected = protection(ctx.config);
  const messages = places.flatMap((place) => {
    if (isPolicy(place.file)) return [`${place.file} is a policy: people change it, dreams do not.`];
    return isProtected(place) ? [`The configuration protects this part of ${place.file}.`] : [];
  });
  return [...new Set(messages)].map(block);
}

/** `path` protects a file or all files a pattern matches; `path#Heading` what stands under that heading. */
function protection({ protect }: Config): (place: Place) => boolean {
  const rules = protect.map((rule) => {
    const mark = rule.indexOf('#');
    const heading = mark === -1 ? undefined : fold(rule.slice(mark + 1));
    return { matches: matcher([mark === -1 ? rule : rule.slice(0, mark)]), heading };
  });
  return ({ file, headings }) =>
    rules.some(
      ({ matches, heading }) =>
        matches(file) && (heading === undefined || headings.some((text) => fold(text) === heading)),
    );
}

const fold = (text: string): string => text.replace(/^#+/, '').replace(/\s+/g, ' ').trim().toLowerCase();

/** A folder protects what is in it. */
function matcher(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const all = patterns.flatMap((pattern) => [pattern, `${pattern.replace(/\/$/, '')}/**`]);
  return picomatch(all, { dot: true, nocase: true });
}
