/** Cuts "see `path`" out of a note whose rest stands without it. */

const opening =
  '(?:for (?:details|more),? )?(?:see(?: also)?|read|details(?: are)? in|more(?: is)? in|described in|documented in)\\s+(?:the\\s+)?[`[*_]*$';

/** "(see `path`)", and a last sentence "See `path` for details." */
const forms: readonly { readonly before: RegExp; readonly after: RegExp }[] = [
  {
    before: new RegExp(`\\s*\\(${opening}`, 'iu'),
    after: /^[`\]*_]*(?:\([^()\s]*\))?(?: for (?:details|more|examples))?\)/iu,
  },
  {
    before: new RegExp(`(?<=[.!?])\\s+${opening}`, 'iu'),
    after: /^[`\]*_]*(?:\([^()\s]*\))?(?:\s+for\s+[\p{L} ]+)?\.?\s*$/iu,
  },
];

/** Fewer words are no note. */
const leastWords = 3;

/** @returns the note without its one pointer to the path; undefined when it is more than a pointer, or nothing remains. */
export function withoutPointer(text: string, path: string): string | undefined {
  const [before, after, ...more] = text.split(path);
  if (before === undefined || after === undefined || more.length > 0 || text.includes('\n\n'))
    return undefined;
  const form = forms.find((each) => each.before.test(before) && each.after.test(after));
  if (form === undefined) return undefined;
  const rest = (before.replace(form.before, '') + after.replace(form.after, '')).trimEnd();
  return rest.split(/\s+/).length >= leastWords ? rest : undefined;
}
