/** Guards some proposals of an earlier dream again, on the store they were made for. */
import type { Config } from './core/config.ts';
import { standing } from './core/dream/decisions.ts';
import type { Proposal } from './core/dream/proposal.ts';
import type { Repository } from './core/dream/repository.ts';
import { clearProposals } from './core/guard/check.ts';
import { memoryMatcher } from './core/memory/memory-paths.ts';
import { parseStore } from './core/memory/parse.ts';
import type { Redactor } from './core/sessions/redact.ts';
import { readExtracts } from './extracts.ts';
import { orient } from './orient.ts';
import type { GuardAgain } from './render-again.ts';

export function guardAgain(options: {
  readonly repository: Repository;
  readonly config: Config;
  readonly redactor: Redactor;
}): GuardAgain {
  return async ({ view, journal }, proposals) => {
    const { repository, config, redactor } = options;
    const store = parseStore(await repository.readFiles(journal.base, memoryMatcher(config.memory)));
    const past = { journals: await view.journals(), decisions: standing(await view.decisions()) };
    const { extracts } = await readExtracts(view, new Map(), () => undefined);
    const input = await orient(
      { repository, config, now: journal.at },
      { store, base: journal.base, view, extracts, decisions: past.decisions },
    );
    return {
      store,
      ...(await clearProposals({
        store,
        proposals,
        input,
        past,
        redactor,
        comments: commentsIn(proposals),
        cleanUp: journal.cleanUp === true,
      })),
    };
  };
}

/** Comments get into proposals of a journal by reviewers who gave them other words, as they were read at that time. */
function commentsIn(proposals: readonly Proposal[]) {
  const comments = proposals.flatMap(({ evidence }) => evidence.filter((item) => item.type === 'comment'));
  return new Map(comments.map(({ url, person, quote }) => [url, { person, text: quote }]));
}
