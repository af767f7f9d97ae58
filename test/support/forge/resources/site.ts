/** The site itself, its people, and how much somebody may still ask. */
import { found, ok, Refusal, text, type GlobalHandlers } from '../server/handler.ts';
import type { RateLimits } from '../server/rate-limit.ts';
import { privateAccountView, publicAccountView } from '../views/account.ts';

export function site(limits: RateLimits): GlobalHandlers {
  return {
    'meta/get': {
      by: 'anybody',
      answer: ({ world }) =>
        ok({
          verifiable_password_authentication: false,
          hooks: ['127.0.0.1/32'],
          ...(world.enterprise ? { installed_version: '3.19.0' } : {}),
        }),
    },
    'rate-limit/get': {
      by: 'anybody',
      answer({ actor }) {
        const { limit, used, remaining, reset } = limits.of(actor);
        const rate = { limit, used, remaining, reset };
        return ok({ resources: { core: rate, search: rate, graphql: rate }, rate });
      },
    },
    'users/get-authenticated': {
      by: 'somebody',
      answer({ world, actor }) {
        if (actor.kind !== 'person') throw new Refusal(403, 'Resource not accessible by integration');
        return ok(privateAccountView(world, actor.account));
      },
    },
    'users/get-by-username': {
      by: 'anybody',
      answer: ({ world, input }) =>
        ok(publicAccountView(world, found(world.state.accounts.get(text(input, 'username').toLowerCase())))),
    },
  };
}
