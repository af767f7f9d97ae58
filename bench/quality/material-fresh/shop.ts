import type { Material } from '../domain.ts';
import { shop as dev } from '../material-dev/shop.ts';

/** Lessons and stale notes of its own; what agents run into is that of `dev`. */
export const shop: Material = {
  ...dev,
  lessons: [
    {
      do: ['write commit messages in English', 'use English for commit messages'],
      dont: ['squash commits of other people', 'squash the commits of somebody else'],
      keys: ['English', 'commits of'],
    },
    {
      do: ['give every button an accessible name', 'add an accessible name to each button'],
      dont: ['remove focus outlines', 'hide the outline of focused elements'],
      keys: ['accessible name', 'outline'],
    },
    {
      do: ['lazy load everything below the fold', 'load lazily what is below the fold'],
      dont: ['import lodash as a whole', 'import all of lodash'],
      keys: ['below the fold', 'lodash'],
    },
    {
      do: ['use `useShopQuery` for requests', 'make requests with `useShopQuery`'],
      dont: ['call fetch inside components', 'use fetch in a component'],
      keys: ['useShopQuery', 'fetch'],
    },
    {
      do: ['run `pnpm check:links` before a release', 'before releasing run `pnpm check:links`'],
      dont: ['release without a tag', 'publish a release that has no tag'],
      keys: ['pnpm check:links', 'tag'],
    },
    {
      do: ['add a story for each new component', 'write a story for every new component'],
      dont: ['snapshot whole pages', 'take snapshots of whole pages'],
      keys: ['story', 'whole pages'],
    },
    {
      do: ['log with `logger.child`', 'use `logger.child` for logs'],
      dont: ['leave `console.log` in the code', 'commit code with `console.log`'],
      keys: ['logger.child', 'console.log'],
    },
    {
      do: ['keep secrets in the vault', 'store secrets in the vault'],
      dont: ['commit `.env` files', 'check in `.env` files'],
      keys: ['vault', '.env'],
    },
  ],
  stale: [
    {
      topic: 'build',
      note: 'The bundler is webpack.',
      subject: 'the bundler',
      old: 'webpack',
      new: 'rspack',
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
      note: 'The session timeout is 20 minutes.',
      subject: 'the session timeout',
      old: '20 minutes',
      new: '45 minutes',
    },
    { topic: 'testing', note: 'The test card is 4242.', subject: 'the test card', old: '4242', new: '5555' },
    {
      topic: 'team',
      note: 'The designer for checkout is Wilma.',
      subject: 'the designer for checkout',
      old: 'Wilma',
      new: 'Quentin',
    },
  ],
  gone: [
    {
      topic: 'deploy',
      note: 'The beta channel gets each release two days early.',
      thing: 'the beta channel',
    },
    {
      topic: 'data',
      note: 'The nightly export to the ERP contains all orders.',
      thing: 'the nightly export to the ERP',
    },
    {
      topic: 'build',
      note: 'The command `pnpm icons:sync` copies icons from the design tool.',
      thing: 'the command `pnpm icons:sync`',
    },
  ],
};
