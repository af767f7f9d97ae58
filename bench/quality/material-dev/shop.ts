import type { Material } from '../domain.ts';

export const shop: Material = {
  lessons: [
    {
      do: ['debounce inputs with `useSlow`', 'use `useSlow` to debounce inputs'],
      dont: ['fire a request per keystroke', 'send one request per keystroke'],
      keys: ['useSlow', 'per keystroke'],
    },
    {
      do: ['format dates with `formatDay`', 'show dates through `formatDay`'],
      dont: ['call `toLocaleDateString` in components', 'use `toLocaleDateString` in a component'],
      keys: ['formatDay', 'toLocaleDateString'],
    },
    {
      do: ['put stories next to the component', 'keep stories next to their component'],
      dont: ['add a component without a story', 'commit components without a story'],
      keys: ['stories next to', 'without a story'],
    },
    {
      do: [
        'read the environment through `src/shared/env.ts`',
        'take environment variables from `src/shared/env.ts`',
      ],
      dont: ['use `process.env` directly', 'access `process.env` in modules'],
      keys: ['src/shared/env.ts', 'process.env'],
    },
    {
      do: ['build links with the `route` function', 'use the `route` function for links'],
      dont: ['concatenate urls', 'put together urls from strings'],
      keys: ['`route` function', 'urls'],
    },
    {
      do: ['track clicks with `useTrack`', 'send tracking events through `useTrack`'],
      dont: ['track before consent was given', 'send events without consent'],
      keys: ['useTrack', 'consent'],
    },
    {
      do: ['load heavy pages with `lazyPage`', 'wrap heavy pages in `lazyPage`'],
      dont: ['import the gallery eagerly', 'pull the gallery into the main bundle'],
      keys: ['lazyPage', 'gallery'],
    },
    {
      do: ['check forms with the keyboard before review', 'try each form with the keyboard before review'],
      dont: ['remove focus outlines', 'hide the focus outlines'],
      keys: ['keyboard', 'focus outlines'],
    },
    {
      do: ['squash before merging', 'squash the commits when merging'],
      dont: ['create merge commits', 'leave merge commits in the history'],
      keys: ['squash', 'merge commits'],
    },
  ],
  stale: [
    {
      topic: 'build',
      note: 'The size budget of the main bundle is 180 KB.',
      subject: 'the size budget of the main bundle',
      old: '180 KB',
      new: '210 KB',
    },
    {
      topic: 'deploy',
      note: 'Fonts are served by Adobe.',
      subject: 'the font host',
      old: 'Adobe',
      new: 'Fontsource',
    },
    {
      topic: 'data',
      note: 'The search engine is Algolia.',
      subject: 'the search engine',
      old: 'Algolia',
      new: 'Typesense',
    },
    {
      topic: 'testing',
      note: 'The stub for payments listens on port 4010.',
      subject: 'the port of the payment stub',
      old: '4010',
      new: '7070',
    },
    {
      topic: 'data',
      note: 'The maximum number of items in a cart is 50.',
      subject: 'the maximum number of items in a cart',
      old: '50',
      new: '99',
    },
    {
      topic: 'style',
      note: 'The breakpoint for tablets is 768 px.',
      subject: 'the breakpoint for tablets',
      old: '768 px',
      new: '820 px',
    },
    {
      topic: 'team',
      note: 'The channel for releases is #shop-ship.',
      subject: 'the channel for releases',
      old: '#shop-ship',
      new: '#linden-releases',
    },
  ],
  gone: [
    {
      topic: 'build',
      note: 'The webpack config is kept for the embedded widget.',
      thing: 'the webpack config',
    },
    {
      topic: 'data',
      note: 'The newsletter sync copies addresses to Mailchimp at night.',
      thing: 'the newsletter sync',
    },
    {
      topic: 'testing',
      note: 'The device lab in Malmö is booked for iOS checks.',
      thing: 'the device lab in Malmö',
    },
    {
      topic: 'deploy',
      note: 'The maintenance page is switched on with `pnpm curtain`.',
      thing: 'the maintenance page',
    },
  ],
  errors: [
    {
      command: 'pnpm build:{arg}',
      error:
        '[vite]: Rollup failed to resolve import "#graphql/{arg}" from "src/{arg}/api.ts".\n    at line {n}',
      fix: 'pnpm graphql:types',
      works: 'wrote 31 documents to src/graphql',
      keys: ['pnpm graphql:types'],
    },
    {
      command: 'pnpm db:seed --only {arg}',
      error: 'Error: P3009 migrate found failed migrations in the target database, {n} migrations pending',
      fix: 'pnpm prisma migrate reset --force',
      works: 'Database reset successful',
      keys: ['prisma migrate reset'],
    },
    {
      command: 'pnpm storybook --port {n}',
      error:
        'Error: Cannot find module sb-manifest-{n}.json\n    at loadManifest (.storybook/main.ts:{n}:11)',
      fix: 'pnpm storybook:prepare',
      works: 'manifest is ready',
      keys: ['pnpm storybook:prepare'],
    },
  ],
  rules: [
    {
      command: 'pnpm eslint src/checkout 2>&1 | head -30',
      rule: 'jsx-a11y/no-autofocus',
      line: '{file}\n  {n}:7  error  The autofocus prop should not be used  jsx-a11y/no-autofocus',
      end: '✖ 1 problem (1 error, 0 warnings)',
      before: '<input autoFocus />',
      after: '<input />',
    },
    {
      command: 'pnpm eslint .',
      rule: '@typescript-eslint/switch-exhaustiveness-check',
      line: '{file}\n  {n}:11  error  Switch is not exhaustive. Cases not matched: "returned"  @typescript-eslint/switch-exhaustiveness-check',
      end: '✖ 1 problem (1 error, 0 warnings)',
      before: 'switch (order.state) {',
      after: "switch (order.state) {\n    case 'returned':",
    },
    {
      command: 'pnpm stylelint "src/**/*.css" | tail -10',
      rule: 'selector-max-id',
      line: '{file}\n  {n}:1  ✖  Expected "#cart" to have no more than 0 ID selectors  selector-max-id',
      end: '1 problem (1 error, 0 warnings)',
      before: '#cart {',
      after: '.cart {',
    },
  ],
  workflows: [
    {
      steps: [
        'pnpm prisma migrate dev --name {arg}',
        'pnpm prisma format',
        'pnpm db:snapshot',
        'pnpm test src/server',
      ],
      args: ['add-gift-note', 'drop-fax', 'stock-index', 'order-state', 'voucher-kind'],
      keys: ['prisma migrate dev', 'prisma format', 'pnpm db:snapshot'],
    },
    {
      steps: ['pnpm storybook:build', 'pnpm visual --story {arg}', 'pnpm visual:approve', 'pnpm a11y'],
      args: ['cart', 'gallery', 'search', 'voucher', 'footer'],
      keys: ['storybook:build', 'pnpm visual', 'pnpm a11y'],
    },
  ],
};
