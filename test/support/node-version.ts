// `npm ci --ignore-scripts` leaves the machine's own Node in place; say so rather than fail in strange ways.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 20)) {
  throw new Error(
    `Node ${process.versions.node} is too old: run "npm ci" without --ignore-scripts, so that the bundled Node 24 is used.`,
  );
}
