/** Comments on issues and pull requests. */
import {
  created,
  integer,
  invalid,
  issueOf,
  listed,
  notFound,
  nothing,
  ok,
  optionalText,
  Refusal,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import { atLeast } from '../state/account.ts';
import type { Comment, Issue } from '../state/issue.ts';
import { newId, roleOf } from '../state/state.ts';
import { commentView, issueView } from '../views/issue.ts';
import { timestamp, type Document } from '../world.ts';
import { refuseLong } from './issue-changes.ts';

const reading = ['issues:read', 'pull_requests:read'] as const;
const writing = ['issues:write', 'pull_requests:write'] as const;

export const comments: RepositoryHandlers = {
  'issues/list-comments': {
    needs: reading,
    answer(call) {
      const issue = issueOf(call);
      const since = optionalText(call.input, 'since') ?? '';
      const all = [...issue.comments.values()].filter(({ updatedAt }) => updatedAt >= since);
      return listed(all, (comment) => commentView(call.world, call.repository, issue, comment));
    },
  },
  'issues/list-comments-for-repo': {
    needs: reading,
    answer({ world, repository, input }) {
      const since = optionalText(input, 'since') ?? '';
      const all = [...repository.issues.values()].flatMap((issue) =>
        [...issue.comments.values()].map((comment) => ({ issue, comment })),
      );
      const wanted = all.filter(({ comment }) => comment.updatedAt >= since);
      return listed(wanted, ({ issue, comment }) => commentView(world, repository, issue, comment));
    },
  },
  'issues/create-comment': {
    needs: writing,
    role: 'read',
    answer(call) {
      const issue = issueOf(call);
      const comment = newComment(call);
      issue.comments.set(comment.id, comment);
      issue.updatedAt = comment.createdAt;
      tellComment(call, issue, comment, 'created');
      return created(commentView(call.world, call.repository, issue, comment));
    },
  },
  'issues/get-comment': {
    needs: reading,
    answer(call) {
      const { issue, comment } = commentOf(call);
      return ok(commentView(call.world, call.repository, issue, comment));
    },
  },
  'issues/update-comment': {
    needs: writing,
    role: 'read',
    answer(call) {
      const { issue, comment } = commentOf(call);
      mayChange(call, comment);
      const from = comment.body;
      comment.body = bodyOf(call);
      comment.updatedAt = timestamp(call.world);
      if (from !== comment.body) tellComment(call, issue, comment, 'edited', { changes: { body: { from } } });
      return ok(commentView(call.world, call.repository, issue, comment));
    },
  },
  'issues/delete-comment': {
    needs: writing,
    role: 'read',
    answer(call) {
      const { issue, comment } = commentOf(call);
      mayChange(call, comment);
      issue.comments.delete(comment.id);
      tellComment(call, issue, comment, 'deleted');
      return nothing;
    },
  },
};

/** @throws {Refusal} 422 when it is empty or too long */
export function bodyOf({ input }: RepositoryCall): string {
  const body = text(input, 'body');
  if (body.trim() === '') throw invalid("Body can't be blank", 'IssueComment', 'body');
  refuseLong(body);
  return body;
}

export function newComment(call: RepositoryCall): Comment {
  const at = timestamp(call.world);
  return {
    id: newId(call.world.state),
    user: call.account,
    viaApp: call.actor.kind === 'installation',
    body: bodyOf(call),
    createdAt: at,
    updatedAt: at,
    reactions: [],
  };
}

export function commentOf({ repository, input }: RepositoryCall): { issue: Issue; comment: Comment } {
  const id = integer(input, 'comment_id');
  for (const issue of repository.issues.values()) {
    const comment = issue.comments.get(id);
    if (comment !== undefined) return { issue, comment };
  }
  throw notFound();
}

/** One's own, or anybody's for who may write; an App with the permission may change anybody's. */
export function mayChange({ repository, account, actor }: RepositoryCall, comment: Comment): void {
  if (comment.user.id === account.id || actor.kind === 'installation') return;
  if (!atLeast(roleOf(repository, account), 'write'))
    throw new Refusal(403, 'Must have admin rights to Repository.');
}

function tellComment(
  call: RepositoryCall,
  issue: Issue,
  comment: Comment,
  action: string,
  more: Document = {},
): void {
  const { world, repository, account } = call;
  world.announce({
    event: 'issue_comment',
    action,
    sender: account,
    repository,
    payload: {
      issue: issueView(world, repository, issue),
      comment: commentView(world, repository, issue, comment),
      ...more,
    },
  });
}
