/** What an agent would run, open or install because of a text. */
import { specifics } from '../text/specifics.ts';

const installs =
  /\b(?:(?:npm|pnpm|yarn|bun|pip3?|uv|cargo|gem|go|brew|apt(?:-get)?)\s+(?:install|add|i|get)|npx|pnpx|uvx|(?:pnpm|yarn) dlx|pipx (?:run|install))\s+(?:-\S+\s+)*(@?[a-z][\w./@-]*)/giu;

/** Code that gives a name a value: `label := "icon"`. Nothing in it that a shell would act on. */
const assignment = /^[\w.[\]]+ :?= [^;|&`$(){}<>\n]*$/;

/** @returns commands, URLs and packages, each once. */
export function actionable(text: string): string[] {
  const packages = [...text.matchAll(installs)].flatMap(([, name]) => name ?? []);
  const named = specifics(text).flatMap(({ kind, value }) =>
    kind === 'url' || (kind === 'command' && !assignment.test(value)) ? [value] : [],
  );
  return [...new Set([...named, ...packages])];
}
