/** Whose memory a file is: scopes are folders (DESIGN section 4). */

export interface Scope {
  readonly kind: 'shared' | 'agent' | 'person' | 'project';
  /** The agent, the person's login, or the repository. */
  readonly name?: string;
}

const folders = { agents: 'agent', people: 'person', projects: 'project' } as const;

/** The scope of a path: `memory/people/ann/x.md` is Ann's; what is in no such folder is shared. */
export function scopeOf(path: string): Scope {
  const match = /(?:^|\/)memory\/(agents|people|projects)\/([^/]+)\//.exec(path);
  const folder = match?.[1];
  const name = match?.[2];
  if (name === undefined || !(folder === 'agents' || folder === 'people' || folder === 'projects'))
    return { kind: 'shared' };
  return { kind: folders[folder], name };
}

/** Whether words that were in one scope are read by others in another: anything that is not the same scope, but for leaving the shared one. */
export function widens(from: Scope, to: Scope): boolean {
  if (from.kind === 'shared') return false;
  return to.kind !== from.kind || to.name !== from.name;
}
