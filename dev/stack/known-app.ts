// Puts the app together from its sources, without reaching anything, and prints what they know, as JSON: for whoever has
// older ones loaded. What cannot be put together is said on stderr, with what to do.
import { appFault } from '../app-fault.ts';

/** Of nobody: nothing is asked of it. */
const nowhere = {
  NOTIFIER_LISTENS_ON: '127.0.0.1',
  TablesConnection__tableServiceUri: 'https://nowhere.invalid',
  ServiceBusConnection__fullyQualifiedNamespace: 'nowhere.invalid',
};

try {
  const [{ compose }, { loadConfig }, { catalog }] = await Promise.all([
    import('../../shared/compose.ts'),
    import('../../shared/config.ts'),
    import('../../shared/kinds/catalog.ts'),
  ]);
  // Its commands and dialogs are asked for with the bot.
  await compose(await loadConfig(nowhere)).messages();
  const { knownTypes, hints } = catalog;
  process.stdout.write(JSON.stringify({ types: knownTypes, hints }));
} catch (error) {
  const fault = appFault(error);
  if (fault === undefined) throw error;
  console.error(fault);
  process.exitCode = 1;
}
