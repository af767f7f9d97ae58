/** Reactions on issues, comments and review comments: the same three operations on each. GitHub sends no webhook for them. */
import {
  created,
  found,
  integer,
  issueOf,
  listed,
  notFound,
  nothing,
  ok,
  optionalText,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import type { Reaction } from '../state/issue.ts';
import { newId } from '../state/state.ts';
import { reactionView } from '../views/issue.ts';
import { timestamp } from '../world.ts';
import { commentOf } from './comments.ts';

type Target = (call: RepositoryCall) => { readonly reactions: Reaction[] };

const reviewComment: Target = ({ repository, input }) =>
  found(repository.reviewComments.get(integer(input, 'comment_id')));

export const reactions: RepositoryHandlers = {
  'reactions/list-for-issue': reading(issueOf),
  'reactions/create-for-issue': adding(issueOf),
  'reactions/delete-for-issue': removing(issueOf),
  'reactions/list-for-issue-comment': reading((call) => commentOf(call).comment),
  'reactions/create-for-issue-comment': adding((call) => commentOf(call).comment),
  'reactions/delete-for-issue-comment': removing((call) => commentOf(call).comment),
  'reactions/list-for-pull-request-review-comment': reading(reviewComment),
  'reactions/create-for-pull-request-review-comment': adding(reviewComment),
  'reactions/delete-for-pull-request-comment': removing(reviewComment),
};

function reading(target: Target): RepositoryHandlers[string] {
  return {
    needs: ['issues:read', 'pull_requests:read'],
    answer(call) {
      const content = optionalText(call.input, 'content');
      const all = target(call).reactions.filter((one) => content === undefined || one.content === content);
      return listed(all, (reaction) => reactionView(call.world, reaction));
    },
  };
}

/** The same reaction by the same person is not made twice: 200 instead of 201. */
function adding(target: Target): RepositoryHandlers[string] {
  return {
    needs: ['issues:write', 'pull_requests:write'],
    role: 'read',
    answer(call) {
      const { world, account, input } = call;
      const { reactions: all } = target(call);
      const content = text(input, 'content');
      const known = all.find((one) => one.user.id === account.id && one.content === content);
      if (known !== undefined) return ok(reactionView(world, known));
      const reaction = { id: newId(world.state), user: account, content, createdAt: timestamp(world) };
      all.push(reaction);
      return created(reactionView(world, reaction));
    },
  };
}

function removing(target: Target): RepositoryHandlers[string] {
  return {
    needs: ['issues:write', 'pull_requests:write'],
    role: 'read',
    answer(call) {
      const { reactions: all } = target(call);
      const at = all.findIndex(({ id }) => id === integer(call.input, 'reaction_id'));
      if (at === -1 || all[at]?.user.id !== call.account.id) throw notFound();
      all.splice(at, 1);
      return nothing;
    },
  };
}
