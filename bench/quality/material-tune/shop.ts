import type { Material } from '../domain.ts';

export const shop: Material = {
  lessons: [
    {
      do: ['install with `pnpm add -w`', 'add dependencies with `pnpm add -w`'],
      dont: ['use npm in this workspace', 'install with npm in the workspace'],
      keys: ['pnpm add -w', 'npm'],
    },
    {
      do: ['put texts in `src/i18n/messages.ts`', 'add every text to `src/i18n/messages.ts`'],
      dont: ['hard code German texts', 'write German texts into components'],
      keys: ['src/i18n/messages.ts', 'German texts'],
    },
    {
      do: ['format prices with `formatMoney`', 'use `formatMoney` to show prices'],
      dont: ['call `toFixed` on prices', 'show prices with `toFixed`'],
      keys: ['formatMoney', 'toFixed'],
    },
    {
      do: ['wait for `data-ready` in browser tests', 'let browser tests wait for `data-ready`'],
      dont: ['use `waitForTimeout` in browser tests', 'sleep with `waitForTimeout` in the browser tests'],
      keys: ['data-ready', 'waitForTimeout'],
    },
    {
      do: ['load pictures through `ProductImage`', 'use `ProductImage` for pictures'],
      dont: ['use a bare img tag', 'write bare img tags'],
      keys: ['ProductImage', 'img tag'],
    },
    {
      do: ['write the changeset with `pnpm changeset`', 'add a changeset via `pnpm changeset`'],
      dont: ['bump versions by hand', 'edit version numbers by hand'],
      keys: ['pnpm changeset', 'by hand'],
    },
    {
      do: [
        'validate requests with the zod schema in `src/server/routes.ts`',
        'check requests against the zod schema in `src/server/routes.ts`',
      ],
      dont: ['trust the body of a request', 'use request bodies unchecked'],
      keys: ['zod schema', 'request'],
    },
    {
      do: ['style with the tokens from `tokens.css`', 'take colours from `tokens.css`'],
      dont: ['use hex colours in components', 'put hex colours into a component'],
      keys: ['tokens.css', 'hex colours'],
    },
    {
      do: ['test the checkout as a guest and as a member', 'cover guest and member in checkout tests'],
      dont: ['mock the cart store', 'replace the cart store by a mock'],
      keys: ['guest', 'cart store'],
    },
  ],
  stale: [
    { topic: 'build', note: 'The Node version is 20.', subject: 'the Node version', old: '20', new: '24' },
    {
      topic: 'deploy',
      note: 'Previews are hosted on Netlify.',
      subject: 'the host of the previews',
      old: 'Netlify',
      new: 'Vercel',
    },
    {
      topic: 'data',
      note: 'The cart expires after 30 minutes.',
      subject: 'the expiry of the cart',
      old: '30 minutes',
      new: '2 hours',
    },
    {
      topic: 'deploy',
      note: 'The production domain is www.linden-shop.test.',
      subject: 'the production domain',
      old: 'www.linden-shop.test',
      new: 'www.lindenlarch.test',
    },
    {
      topic: 'testing',
      note: 'The dev server listens on port 3000.',
      subject: 'the port of the dev server',
      old: '3000',
      new: '5173',
    },
    {
      topic: 'team',
      note: 'The design owner is Philippa.',
      subject: 'the design owner',
      old: 'Philippa',
      new: 'Noor',
    },
    {
      topic: 'data',
      note: 'The free shipping limit is 49 EUR.',
      subject: 'the free shipping limit',
      old: '49 EUR',
      new: '59 EUR',
    },
  ],
  gone: [
    {
      topic: 'deploy',
      note: 'The staging shop at stage.linden.test is reset each Sunday.',
      thing: 'the staging shop',
    },
    {
      topic: 'build',
      note: 'The script `scripts/sync-icons.mjs` pulls icons from Figma.',
      thing: 'the script `scripts/sync-icons.mjs`',
    },
    {
      topic: 'data',
      note: 'The loyalty points table is filled by the import from the tills.',
      thing: 'the loyalty points table',
    },
    { topic: 'team', note: 'The shop standup is at 9:45 in the blue room.', thing: 'the shop standup' },
  ],
  errors: [
    {
      command: 'pnpm test src/{arg}',
      error:
        'FAIL src/{arg}/index.test.ts\nError: @prisma/client did not initialize yet. Please run "prisma generate" and try to import it again.\n ❯ src/server/db.ts:{n}:17',
      fix: 'pnpm prisma generate',
      works: '✔ Generated Prisma Client to ./node_modules/@prisma/client in 92ms',
      keys: ['prisma generate'],
    },
    {
      command: 'pnpm e2e {arg}',
      error:
        "Error: browserType.launch: Executable doesn't exist at /root/.cache/ms-playwright/chromium-{n}/chrome",
      fix: 'pnpm exec playwright install chromium',
      works: 'Chromium downloaded',
      keys: ['playwright install chromium'],
    },
    {
      command: 'pnpm dev',
      error:
        'Error: listen EADDRINUSE: address already in use :::5173\n    at Server.setupListenHandle [as _listen2] (node:net:{n}:16)',
      fix: 'pnpm dev:kill',
      works: 'stopped 1 process',
      keys: ['pnpm dev:kill'],
    },
  ],
  rules: [
    {
      command: 'pnpm eslint src | tail -20',
      rule: '@typescript-eslint/no-floating-promises',
      line: '{file}\n  {n}:5  error  Promises must be awaited, end with a call to .catch  @typescript-eslint/no-floating-promises',
      end: '✖ 1 problem (1 error, 0 warnings)',
      before: 'refreshCart();',
      after: 'await refreshCart();',
    },
    {
      command: 'pnpm lint',
      rule: 'react-hooks/exhaustive-deps',
      line: "{file}\n  {n}:6  warning  React Hook useEffect has a missing dependency: 'cartId'  react-hooks/exhaustive-deps",
      end: '✖ 1 problem (0 errors, 1 warning)',
      before: '}, []);',
      after: '}, [cartId]);',
    },
    {
      command: 'pnpm stylelint "src/**/*.css" || true',
      rule: 'declaration-no-important',
      line: '{file}\n  {n}:14  ✖  Unexpected !important  declaration-no-important',
      end: '1 problem (1 error, 0 warnings)',
      before: 'color: red !important;',
      after: 'color: red;',
    },
  ],
  workflows: [
    {
      steps: ['pnpm codegen', 'pnpm typecheck', 'pnpm test src/{arg}', 'pnpm size-check'],
      args: ['cart', 'checkout', 'search', 'product', 'stock'],
      keys: ['pnpm codegen', 'pnpm typecheck', 'pnpm size-check'],
    },
    {
      steps: ['pnpm i18n:extract', 'pnpm i18n:sort', 'pnpm i18n:check --locale {arg}'],
      args: ['de', 'sv', 'nl', 'fr', 'da'],
      keys: ['i18n:extract', 'i18n:sort', 'i18n:check'],
    },
  ],
};
