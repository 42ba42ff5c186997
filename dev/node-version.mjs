// Plain JavaScript that any Node reads: the commands ask here first, before they install or import anything newer.

const OLDEST = 20;

/** Why this Node cannot begin, with the remedy; undefined when it can. */
export function tooOld(version = process.versions.node) {
  return Number(version.split('.')[0]) < OLDEST
    ? `Node ${version} is too old; install Node ${OLDEST} or newer (nodejs.org).`
    : undefined;
}

/** Ends the process where its Node is too old. */
export function refuseOldNode(version) {
  const reason = tooOld(version);
  if (reason === undefined) return;
  console.error(reason);
  process.exit(1);
}
