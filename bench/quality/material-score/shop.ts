import type { Material } from '../domain.ts';

export const shop: Material = {
  lessons: [
    {
      do: ['fetch data in loaders with `defineLoader`', 'use `defineLoader` to fetch data'],
      dont: ['fetch inside useEffect', 'do fetches in useEffect'],
      keys: ['defineLoader', 'useEffect'],
    },
    {
      do: ['track clicks through `useTracking`', 'use `useTracking` for click tracking'],
      dont: ['call gtag from components', 'use gtag in components'],
      keys: ['useTracking', 'gtag'],
    },
    {
      do: ['keep form state in `useShopForm`', 'manage form state with `useShopForm`'],
      dont: ['use uncontrolled inputs', 'write uncontrolled inputs'],
      keys: ['useShopForm', 'uncontrolled'],
    },
    {
      do: ['link with the `ShopLink` component', 'use the `ShopLink` component for links'],
      dont: ['build URLs by string concatenation', 'concatenate strings to URLs'],
      keys: ['ShopLink', 'URLs'],
    },
    {
      do: [
        'write end to end tests for each payment method',
        'cover each payment method by an end to end test',
      ],
      dont: ['disable a flaky test', 'skip tests that are flaky'],
      keys: ['payment method', 'flaky'],
    },
    {
      do: [
        'run `pnpm prisma migrate dev --create-only` for schema changes',
        'make schema changes via `pnpm prisma migrate dev --create-only`',
      ],
      dont: ['use `prisma db push`', 'run `prisma db push`'],
      keys: ['--create-only', 'prisma db push'],
    },
    {
      do: ['send mails with `enqueueMail`', 'put mails in the queue with `enqueueMail`'],
      dont: ['send a mail inside a request', 'send mails during requests'],
      keys: ['enqueueMail', 'request'],
    },
    {
      do: ['name test ids after the feature, like `cart-total`', 'use test ids such as `cart-total`'],
      dont: ['select by CSS class in tests', 'use CSS class selectors in tests'],
      keys: ['cart-total', 'CSS class'],
    },
    {
      do: ['lazy load everything below the fold', 'load what is below the fold lazily'],
      dont: ['import lodash as a whole', 'import all of lodash'],
      keys: ['below the fold', 'lodash'],
    },
  ],
  stale: [
    { topic: 'deploy', note: 'The CDN is Fastly.', subject: 'the CDN', old: 'Fastly', new: 'Bunny' },
    { topic: 'build', note: 'The React version is 18.', subject: 'the React version', old: '18', new: '19' },
    {
      topic: 'data',
      note: 'The maximum voucher value is 250 EUR.',
      subject: 'the maximum voucher value',
      old: '250 EUR',
      new: '100 EUR',
    },
    {
      topic: 'testing',
      note: 'The stub payment provider runs on port 7001.',
      subject: 'the port of the stub payment provider',
      old: '7001',
      new: '7443',
    },
    {
      topic: 'team',
      note: 'The contact at the warehouse is Leif.',
      subject: 'the contact at the warehouse',
      old: 'Leif',
      new: 'Samira',
    },
    {
      topic: 'deploy',
      note: 'The release day is Tuesday.',
      subject: 'the release day',
      old: 'Tuesday',
      new: 'Thursday',
    },
    {
      topic: 'data',
      note: 'The search index is rebuilt every 6 hours.',
      subject: 'the rebuild interval of the search index',
      old: '6 hours',
      new: '45 minutes',
    },
  ],
  gone: [
    { topic: 'deploy', note: 'The canary shop gets one percent of visitors.', thing: 'the canary shop' },
    {
      topic: 'build',
      note: 'The package `@linden/legacy-ui` holds the old buttons.',
      thing: 'the package `@linden/legacy-ui`',
    },
    {
      topic: 'data',
      note: 'The outlet catalogue is imported from a csv file at night.',
      thing: 'the outlet catalogue',
    },
    {
      topic: 'team',
      note: 'The copy review board signs off on texts for campaigns.',
      thing: 'the copy review board',
    },
  ],
  errors: [
    {
      command: 'pnpm build --filter {arg}',
      error:
        'error during build:\nCould not resolve "@linden/tokens" from "src/{arg}/theme.ts"\n    at line {n}',
      fix: 'pnpm tokens:sync',
      works: 'tokens built',
      keys: ['pnpm tokens:sync'],
    },
    {
      command: 'pnpm storybook:test {arg}',
      error: "Error: ENOENT: no such file or directory, open 'public/mockServiceWorker.js' ({n})",
      fix: 'pnpm msw init public',
      works: 'Worker script copied',
      keys: ['msw init public'],
    },
    {
      command: 'pnpm e2e:local {arg}',
      error: 'Error: request to https://localhost:{n}/health failed, reason: self-signed certificate',
      fix: 'mkcert -install',
      works: 'The local CA is now installed',
      keys: ['mkcert -install'],
    },
  ],
  rules: [
    {
      command: 'pnpm eslint "src/**/*.tsx" | head -30',
      rule: 'jsx-a11y/label-has-associated-control',
      line: '{file}\n  {n}:11  error  A form label must be associated with a control  jsx-a11y/label-has-associated-control',
      end: '✖ 1 problem (1 error, 0 warnings)',
      before: '<label>Zip</label>',
      after: '<label htmlFor="zip">Zip</label>',
    },
    {
      command: 'pnpm lint:all',
      rule: 'import-x/no-cycle',
      line: '{file}\n  {n}:1  error  Dependency cycle detected  import-x/no-cycle',
      end: '✖ 1 problem (1 error, 0 warnings)',
      before: "import { a } from './b';",
      after: "import { a } from './shared';",
    },
    {
      command: 'pnpm tsc --noEmit | tail -8',
      rule: 'TS2532',
      line: "{file}({n},14): error TS2532: Object is possibly 'undefined'.",
      end: 'Found 1 error.',
      before: 'rows[0].id',
      after: 'rows[0]?.id',
    },
  ],
  workflows: [
    {
      steps: ['pnpm tokens:build', 'pnpm icons:build', 'pnpm visual-test {arg}', 'pnpm visual-report'],
      args: ['cart', 'header', 'gallery', 'voucher', 'footer'],
      keys: ['tokens:build', 'icons:build', 'visual-report'],
    },
    {
      steps: ['pnpm prisma validate', 'pnpm prisma:diff', 'pnpm db:rehearse {arg}'],
      args: ['orders', 'stock', 'vouchers', 'carts', 'mails'],
      keys: ['prisma validate', 'prisma:diff', 'db:rehearse'],
    },
  ],
};
