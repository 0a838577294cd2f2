/**
 * Loaded before the TypeScript of the commands, which an older Node would refuse with an error that explains
 * nothing.
 */
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `Backprop by Hand needs Node 24, which \`npm ci\` installs for it, but this is Node ${process.versions.node}: ` +
      'run `npm ci` with its install scripts allowed, then start this command with `npm run`.',
  );
  process.exit(1);
}
