const release = process.argv[2];
if (release === undefined) throw new Error('usage: pnpm deploy:rollback <release>');
console.log(`rolling back to ${release}`);
