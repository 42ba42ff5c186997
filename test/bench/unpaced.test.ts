import { expect, it } from 'vitest';
import { UNPACED_PER_SECOND, unpacedSettings } from '../../bench/parts/unpaced.ts';
import { stackSettings } from '../../dev/stack/app-settings.ts';
import { loadConfig } from '../../shared/config.ts';

it('what is measured runs with settings that an app takes', async () => {
  const addresses = { tables: 'UseDevelopmentStorage=true', serviceBus: 'Endpoint=sb://127.0.0.1:9' };
  const config = await loadConfig({
    ...stackSettings(addresses),
    ...unpacedSettings,
    NOTIFIER_LISTENS_ON: '127.0.0.1',
  });
  expect(config.requestsPerSecond).toBe(UNPACED_PER_SECOND);
});
