// Preload (`node --import .../exit-with-parent.mjs`) for a part of the local stack.
//
// The process that started the part holds the other end of the part's standard input. When it goes, however
// it goes (SIGKILL included), the system closes that end, and the part ends too. SIGTERM has the same effect,
// also in programs that only know SIGINT as the word for "close properly" (Azurite).
//
// The variable is taken away once read: workers and children that the part starts inherit this preload, but
// not this standard input.
import { isMainThread } from 'node:worker_threads';

const GRACE_MS = 3000;

if (isMainThread && process.env.NOTIFIER_EXIT_WITH_PARENT === '1') {
  delete process.env.NOTIFIER_EXIT_WITH_PARENT;
  endWithParent();
}

function endWithParent() {
  let leaving = false;
  const leave = (signal) => {
    if (leaving) return;
    leaving = true;
    setTimeout(() => process.exit(0), GRACE_MS).unref();
    const hears = (name) => process.listeners(name).some((listener) => listener !== onSigterm);
    // A real SIGTERM reaches the program's own listeners without our help.
    if (signal === 'SIGTERM' && hears('SIGTERM')) return;
    if (hears('SIGTERM')) process.emit('SIGTERM', 'SIGTERM');
    else if (hears('SIGINT')) process.emit('SIGINT', 'SIGINT');
    else process.exit(0);
  };
  const onSigterm = () => leave('SIGTERM');
  process.on('SIGTERM', onSigterm);
  process.stdin.on('end', leave).on('close', leave).on('error', leave);
  process.stdin.resume();
  process.stdin.unref?.();
}
