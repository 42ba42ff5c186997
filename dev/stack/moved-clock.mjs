// Preload (`node --import .../moved-clock.mjs`) for a part of the local stack whose clock is another one than the
// machine's: it goes as fast, by STACK_CLOCK_AHEAD_MS ahead of it (or behind, when negative).
//
// A store that was recorded holds instants everywhere: in numbers, in keys, in minutes of the day. A stack whose clock
// goes on from the moment of the recording reads them as they are; nothing in them has to be moved.
const RealDate = Date;
const ahead = Number(process.env.STACK_CLOCK_AHEAD_MS ?? 0);

if (!Number.isFinite(ahead)) {
  throw new RangeError(`STACK_CLOCK_AHEAD_MS is "${process.env.STACK_CLOCK_AHEAD_MS}" and must be a number`);
}

const now = () => RealDate.now() + ahead;

if (ahead !== 0) {
  const MovedDate = new Proxy(RealDate, {
    construct: (target, args, asked) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, asked === MovedDate ? target : asked),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : target[name]),
  });
  RealDate.prototype.constructor = MovedDate;
  globalThis.Date = MovedDate;
}
