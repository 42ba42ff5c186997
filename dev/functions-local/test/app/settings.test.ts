import { describe, expect, it } from 'vitest';
import { isDisabled, readLocalSettings, settingsFrom } from '../../app/settings.ts';
import { appFolder } from '../sample-app.ts';

describe('app settings', () => {
  it('replace each %Name% in an option', () => {
    const settings = settingsFrom({ Queue: 'orders', Suffix: 'eu' });
    expect(settings.resolve('%Queue%-%suffix%', 'x')).toBe('orders-eu');
    expect(settings.resolve('100 %', 'x')).toBe('100 %');
  });

  it.each([{}, { Queue: '' }])('stop the host when one is missing: %o', (environment) => {
    expect(() =>
      settingsFrom(environment).resolve('%Queue%', 'Function "orders": the option "queueName"'),
    ).toThrow(
      'Function "orders": the option "queueName" refers to the app setting "Queue", which is missing or empty. Set it.',
    );
  });

  it.each([
    ['true', true],
    ['True', true],
    ['1', true],
    ['false', false],
    ['0', false],
    ['', false],
  ])('AzureWebJobs.<function>.Disabled=%s: %s', (value, expected) => {
    expect(isDisabled('Orders', settingsFrom({ 'azurewebjobs.orders.disabled': value }))).toBe(expected);
  });
});

describe('local.settings.json', () => {
  const read = async (content: object) => {
    const folder = await appFolder({ 'local.settings.json': content });
    return readLocalSettings(`${folder.directory}/local.settings.json`).finally(folder.remove);
  };

  it('gives its Values as text', async () => {
    expect(await read({ IsEncrypted: false, Values: { A: 'x', Port: 5672, On: true }, Host: {} })).toEqual({
      A: 'x',
      Port: '5672',
      On: 'true',
    });
  });

  it('is refused when it is encrypted', async () => {
    await expect(read({ IsEncrypted: true, Values: {} })).rejects.toThrow('is encrypted');
  });
});
