/** Whether a fact of the repository is true at the base. */
import type { Evidence } from '../dream/evidence.ts';
import type { RepositoryFacts } from '../dream/repository.ts';

type Fact = Extract<Evidence, { type: 'fact' }>;

/** @returns why it is not, as a sentence; undefined when it holds. */
export function falseFact(fact: Fact, repository: RepositoryFacts): string | undefined {
  const live = isLive(fact.path, repository);
  switch (fact.fact) {
    case 'exists':
      return live ? undefined : `${fact.path} is not in the repository at the base.`;
    case 'missing':
      return live ? `${fact.path} is in the repository at the base.` : undefined;
    case 'deleted':
    case 'renamed': {
      if (live) return `${fact.path} is in the repository at the base, so it was not ${fact.fact}.`;
      const deletions = deletionsOf(fact.path, repository);
      if (deletions === undefined) return `Git does not show that ${fact.path} was ${fact.fact}.`;
      if (fact.commit !== undefined && !deletions.some(({ commit }) => commit === fact.commit)) {
        return `${fact.path} was not ${fact.fact} in the commit it names.`;
      }
      if (fact.fact === 'deleted') return undefined;
      return renamedTo(fact, deletions, repository)
        ? undefined
        : `Git does not show that ${fact.path} became ${fact.to ?? 'another file'}.`;
    }
  }
}

type Deletions = readonly { readonly commit: string; readonly renamedTo?: string }[];

function renamedTo(fact: Fact, deletions: Deletions, repository: RepositoryFacts): boolean {
  const to = fact.to;
  if (to === undefined || !isLive(to, repository)) return false;
  return deletions.some(
    ({ renamedTo: target }) => target === to || target?.startsWith(`${to.replace(/\/$/, '')}/`),
  );
}

function isLive(path: string, { paths }: RepositoryFacts): boolean {
  if (paths.has(path)) return true;
  const folder = path.endsWith('/') ? path : `${path}/`;
  for (const live of paths) if (live.startsWith(folder)) return true;
  return false;
}

/** Of the file; of a folder, those of the files that were in it. */
function deletionsOf(path: string, { deleted }: RepositoryFacts): Deletions | undefined {
  const own = deleted.get(path);
  if (own !== undefined) return [own];
  const folder = path.endsWith('/') ? path : `${path}/`;
  const inside = [...deleted].filter(([file]) => file.startsWith(folder)).map(([, deletion]) => deletion);
  return inside.length === 0 ? undefined : inside;
}
