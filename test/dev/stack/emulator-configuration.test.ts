import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  emulatorConfiguration,
  withinEmulatorLimits,
} from '../../../dev/servicebus-emulator/configuration.ts';
import { parseConfig } from '../../../dev/servicebus-local/config.ts';
import { queues } from '../../../shared/manifest.ts';

const file = 'dev/servicebus-emulator/Config.json';

describe("the configuration of Microsoft's Service Bus emulator", () => {
  it('names the queues of the manifest, with their properties within its limits', () => {
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(
      emulatorConfiguration(queues.map(withinEmulatorLimits)),
    );
  });

  it('moves what is too long or too short to the nearest value that the emulator takes', () => {
    const [queue] = queues;
    if (!queue) return expect.fail('the manifest has no queue');
    const far = { defaultMessageTimeToLive: 'P14D', duplicateDetectionHistoryTimeWindow: 'PT10M' };
    expect(
      withinEmulatorLimits({ ...queue, ...far, lockDuration: 'PT1S', maxDeliveryCount: 50 }),
    ).toMatchObject({
      defaultMessageTimeToLive: 'PT1H',
      duplicateDetectionHistoryTimeWindow: 'PT5M',
      lockDuration: 'PT5S',
      maxDeliveryCount: 10,
    });
    const fits = { ...queue, defaultMessageTimeToLive: 'PT30M', duplicateDetectionHistoryTimeWindow: 'PT1M' };
    expect(withinEmulatorLimits(fits)).toEqual(fits);
  });

  it("is read by the local broker, which takes the manifest's values as they are", () => {
    const read = parseConfig(JSON.stringify(emulatorConfiguration(queues)), 'the configuration');
    expect(read.map(({ name, lockMs, timeToLiveMs }) => ({ name, lockMs, timeToLiveMs }))).toEqual(
      queues.map(({ name }) => ({ name, lockMs: 60_000, timeToLiveMs: 14 * 86_400_000 })),
    );
    expect(read.map(({ duplicateWindowMs }) => duplicateWindowMs > 0)).toEqual(
      queues.map(({ requiresDuplicateDetection }) => requiresDuplicateDetection),
    );
  });
});
