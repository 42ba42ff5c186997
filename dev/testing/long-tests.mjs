// Plain JavaScript, for dev/test.mjs: tests that take long, and what has to change before `npm test` runs them again.

/**
 * Each starts programs, or a whole stack and disturbs it. What they prove of the app hangs on more than `about` names: so a
 * run of everything (`npm test -- --all`, `.ci/run`, the workflows) leaves none of them out.
 */
export const LONG_TESTS = [
  {
    tests: 'test/chaos/short-form.test.ts',
    about: ['dev/chaos', 'shared/use-cases/delivery', 'shared/adapters'],
  },
  {
    tests: 'test/chaos/noisy-conversation.test.ts',
    about: ['dev/chaos', 'shared/domain/delivery', 'shared/use-cases/pace', 'shared/adapters'],
  },
  {
    tests: 'test/chaos/hostile.test.ts',
    about: ['dev/chaos', 'functions', 'shared/catalog', 'shared/domain', 'shared/adapters'],
  },
  {
    tests: 'test/upgrade/stacks',
    about: ['dev/recorded', 'dev/former', 'test/upgrade', 'shared/adapters', 'shared/domain', 'shared/kinds'],
  },
  {
    tests: 'test/kinds/hooks/journeys/leaked-address.test.ts',
    about: ['shared/kinds/hooks', 'functions', 'shared/adapters', 'shared/domain'],
  },
  {
    tests: 'test/journeys/service-bus-basic.test.ts',
    about: ['dev/servicebus-local', 'shared/adapters/service-bus', 'shared/use-cases/delivery'],
  },
  {
    tests: 'test/journeys/package.test.ts',
    about: ['dev/package', 'dev/bundle', 'package.json', 'host.json', 'functions', 'shared/adapters'],
  },
  { tests: 'test/journeys/dotnet.test.ts', about: ['test/journeys/dotnet', 'dev/servicebus-local'] },
  {
    tests: 'test/linear',
    about: ['shared/chat', 'shared/calendar', 'shared/locale', 'shared/kinds', 'shared/domain'],
  },
  ...['hotels', 'travel'].map((kind) => ({
    tests: `test/kinds/${kind}/linear.test.ts`,
    about: [`shared/kinds/${kind}`, 'shared/chat', 'shared/calendar', 'shared/locale', 'shared/domain'],
  })),
  { tests: 'test/bench', about: ['bench', 'dev/tables'] },
  { tests: 'test/dev/simulate', about: ['dev/simulate'] },
  { tests: 'test/dev/cli', about: ['dev/cli', 'functions', 'shared/locale'] },
  {
    tests: 'test/dev/stack',
    about: [
      'dev/stack',
      'dev/local-server',
      'dev/start.mjs',
      'dev/install.mjs',
      'dev/run.mjs',
      'dev/build.ts',
    ],
  },
  { tests: 'test/dev/package', about: ['dev/package', 'dev/bundle', 'package.json'] },
];
