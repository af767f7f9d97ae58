/** Names of tools that are written like ordinary words, and sets of which one is chosen. */

/** Each line: things of which a rule names one. Two rules alike but for these are in conflict. */
const alternativeLines = `
npm pnpm yarn bun deno
tabs spaces
main master trunk develop
single double
merge rebase squash fast-forward
dev development staging production prod
always never
before after
enable disable
enabled disabled
on off
jest vitest mocha ava jasmine
pytest unittest nose
pip poetry uv pipenv conda
eslint biome oxlint tslint
prettier dprint
black ruff yapf
flake8 pylint
docker podman
mysql postgres postgresql sqlite mariadb mongodb
webpack vite rollup esbuild parcel turbopack
cypress playwright puppeteer selenium
maven gradle bazel
github gitlab bitbucket
jenkins circleci travis
redis memcached
graphql rest grpc
aws gcp azure
react vue svelte angular
express fastify koa hono
prisma drizzle typeorm sequelize
camelcase snake_case kebab-case pascalcase
async sync
allow forbid deny
required optional
public private internal
client server
left right
first last
minimum maximum
more less fewer
increase decrease
include exclude
ascending descending
lowercase uppercase
monday tuesday wednesday thursday friday saturday sunday
weekly daily monthly nightly hourly
true false
yes no
read write
add remove
commit amend
unit integration e2e end-to-end
`;

const moreTools =
  'git make cmake cargo rustc clippy gofmt goimports golangci-lint node tsc tsx kubectl helm terraform ansible ' +
  'gh curl mise just turbo nx lerna husky lint-staged mypy pyright tox nox rspec rubocop bundler rails django flask ' +
  'fastapi celery kafka rabbitmq nginx kubernetes sentry datadog grafana prometheus storybook tailwind';

/** Groups in which the words are not names of tools. */
const choiceWords =
  /^(?:tabs|main|single|merge|dev|always|before|enabled?|on|camelcase|async|allow|required|public|client|left|first|minimum|more|increase|include|ascending|lowercase|monday|weekly|true|yes|read|add|commit|unit|github|graphql|express|aws) /;

/** Sets of words of which a rule chooses one; lower-cased. */
export const alternatives: readonly (readonly string[])[] = alternativeLines
  .trim()
  .split('\n')
  .map((line) => line.split(' '));

const tools: ReadonlySet<string> = new Set([
  ...alternatives.filter((group) => !choiceWords.test(`${group[0] ?? ''} `)).flat(),
  ...'github gitlab bitbucket graphql grpc aws gcp azure'.split(' '),
  ...moreTools.split(' '),
]);
// Words that are tools only where code says so; in prose they are mostly words.
const ambiguous: ReadonlySet<string> = new Set([
  'make',
  'just',
  'black',
  'node',
  'nose',
  'parcel',
  'poetry',
  'travis',
  'helm',
  'react',
]);

/** Whether a word of prose names a tool: `pnpm`, `Docker`. */
export function isTool(word: string): boolean {
  const lower = word.toLowerCase();
  return tools.has(lower) && !ambiguous.has(lower);
}
