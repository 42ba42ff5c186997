import { describe, expect, it } from 'vitest';
import { planFaults } from '../../dev/infra/check-plan.ts';

const group = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/notifier-prod/providers';
const queue = `${group}/Microsoft.ServiceBus/namespaces/notifier-x/queues/deliveries`;
const storage = `${group}/Microsoft.Storage/storageAccounts/notifierd`;

interface Delta {
  readonly path: string;
  readonly propertyChangeType: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly children?: readonly Delta[] | null;
}

/** As `az deployment group what-if --no-pretty-print` writes it: every field is there, empty ones as null. */
function plan(
  resourceId: string,
  changeType: string,
  delta: readonly Delta[] | null = null,
  more: object = {},
) {
  const change = { resourceId, changeType, delta, after: null, before: null, unsupportedReason: null };
  return JSON.stringify({
    status: 'Succeeded',
    error: null,
    changes: [change],
    potentialChanges: [],
    diagnostics: [],
    ...more,
  });
}

const modified = (path: string, before: unknown, after: unknown): Delta => ({
  path,
  propertyChangeType: 'Modify',
  before,
  after,
  children: null,
});

describe('a plan', () => {
  it('that makes, keeps or changes what decides over nothing is carried out', () => {
    expect(planFaults(plan(queue, 'Create'))).toEqual([]);
    expect(planFaults(plan(queue, 'NoChange'))).toEqual([]);
    expect(planFaults(plan(queue, 'Modify', [modified('properties.lockDuration', 'PT1M', 'PT2M')]))).toEqual(
      [],
    );
    const app = `${group}/Microsoft.Web/sites/notifier`;
    expect(planFaults(plan(app, 'Modify', [modified('sku.name', 'FC1', 'FC2')]))).toEqual([]);
  });

  it.each([
    ['duplicate detection', queue, modified('properties.requiresDuplicateDetection', true, false)],
    ['how long messages are kept', queue, modified('properties.defaultMessageTimeToLive', 'P14D', 'P1D')],
    ['copies of the tables', storage, modified('sku.name', 'Standard_ZRS', 'Standard_LRS')],
    [
      'the level of a lock',
      `${storage}/providers/Microsoft.Authorization/locks/people-are-known-here`,
      modified('properties.level', 'CanNotDelete', 'NotSpecified'),
    ],
    [
      'how long logs are kept',
      `${group}/Microsoft.OperationalInsights/workspaces/logs`,
      modified('properties.retentionInDays', 90, 30),
    ],
  ])('that changes %s waits for somebody who means it', (_what, resourceId, change) => {
    const where = resourceId.replace(/^.*?\/providers\//, '');
    expect(planFaults(plan(resourceId, 'Modify', [change]))).toEqual([
      `${where}: ${change.path} would change from ${JSON.stringify(change.before)} to ${JSON.stringify(change.after)}`,
    ]);
  });

  it('is looked into to the bottom', () => {
    const below = { ...modified('', null, null), path: 'properties' };
    const nested = { ...below, children: [modified('requiresSession', false, true)] };
    expect(planFaults(plan(queue, 'Modify', [nested]))[0]).toMatch(
      /properties\.requiresSession would change/,
    );
  });

  it('takes no offence at what has no effect', () => {
    const noise = { ...modified('sku.tier', 'Standard', null), propertyChangeType: 'NoEffect' };
    expect(planFaults(plan(storage, 'Modify', [noise]))).toEqual([]);
  });

  it('that deletes anything is refused: something was deployed in complete mode', () => {
    expect(planFaults(plan(queue, 'Delete'))[0]).toMatch(/queues\/deliveries would be deleted$/);
  });

  it.each(['NestedDeploymentShortCircuited', 'NestedDeploymentSkippedFromInternalExpansion'])(
    'of which a part is missing is refused (%s)',
    (code) => {
      const diagnostics = [{ code, level: 'Warning', message: 'app', target: null, additionalInfo: null }];
      expect(planFaults(plan(queue, 'NoChange', null, { diagnostics }))).toEqual([
        `the plan is not whole: ${code} app`,
      ]);
    },
  );

  it('that is empty or failed is none', () => {
    expect(planFaults(plan(queue, 'NoChange', null, { changes: [] }))[0]).toMatch(/the plan is empty/);
    const failed = { status: 'Failed', error: { code: 'InvalidTemplate' } };
    expect(planFaults(plan(queue, 'NoChange', null, failed))[0]).toMatch(/InvalidTemplate/);
    expect(() => planFaults('{}')).toThrow();
  });
});
