import { z } from 'zod';

/** A property of a resource that a plan changes; those of an object or a list lie below it. */
interface Delta {
  readonly path: string;
  readonly propertyChangeType?: string | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly children?: readonly Delta[] | null | undefined;
}

const delta: z.ZodType<Delta> = z.lazy(() =>
  z.looseObject({
    path: z.string(),
    propertyChangeType: z.string().optional(),
    before: z.unknown().optional(),
    after: z.unknown().optional(),
    children: z.array(delta).nullish(),
  }),
);
const change = z.looseObject({
  resourceId: z.string(),
  changeType: z.string(),
  delta: z.array(delta).nullish(),
});
/** What `az deployment group what-if --no-pretty-print` writes. */
const plan = z.looseObject({
  status: z.string().optional(),
  error: z.unknown().optional(),
  changes: z.array(change),
  diagnostics: z.array(z.looseObject({ code: z.string(), message: z.string().nullish() })).nullish(),
});
type Change = z.infer<typeof change>;

/** What holds people's data or messages, or keeps it from harm, by the type in its id. */
const HOLDS_DATA: readonly RegExp[] = [
  /\/Microsoft\.Storage\/storageAccounts\//i,
  /\/Microsoft\.ServiceBus\/namespaces\//i,
  /\/Microsoft\.OperationalInsights\/workspaces\//i,
  /\/Microsoft\.ManagedIdentity\/userAssignedIdentities\//i,
  /\/Microsoft\.BotService\/botServices\//i,
  /\/Microsoft\.Authorization\/locks\//i,
];

/** Properties of those that decide over what is kept: a plan that changes one waits for a person who means it. */
const DECIDES =
  /^(sku|kind|location|properties\.(requiresDuplicateDetection|duplicateDetectionHistoryTimeWindow|requiresSession|enablePartitioning|maxSizeInMegabytes|defaultMessageTimeToLive|retentionInDays|level|allowSharedKeyAccess|disableLocalAuth|isHnsEnabled))(\.|$)/i;

/** Diagnostics that say: this plan does not show everything. */
const NOT_WHOLE = /^NestedDeployment(ShortCircuited|SkippedFromInternalExpansion)$/;

/**
 * What stands against a plan, one line each; empty when it may be carried out. A deployment in incremental mode deletes no
 * resource, so what is looked at is what it changes of that which holds data. Throws for what is no plan.
 */
export function planFaults(json: string): readonly string[] {
  const { status, error, changes, diagnostics } = plan.parse(JSON.parse(json));
  return [
    ...(status !== undefined && status !== 'Succeeded' ? [`the plan failed: ${JSON.stringify(error)}`] : []),
    ...(diagnostics ?? [])
      .filter(({ code }) => NOT_WHOLE.test(code))
      .map(({ code, message }) => `the plan is not whole: ${code} ${message ?? ''}`.trim()),
    ...(changes.length === 0 ? ['the plan is empty: it does not even name what stays as it is'] : []),
    ...changes.flatMap(changeFaults),
  ];
}

function changeFaults({ resourceId, changeType, delta: deltas }: Change): readonly string[] {
  const where = resourceId.replace(/^.*?\/providers\//i, '');
  if (changeType === 'Delete') return [`${where} would be deleted`];
  if (changeType !== 'Modify' || !HOLDS_DATA.some((type) => type.test(resourceId))) return [];
  return leaves(deltas ?? [])
    .filter(({ path, propertyChangeType }) => propertyChangeType !== 'NoEffect' && DECIDES.test(path))
    .map(
      ({ path, before, after }) => `${where}: ${path} would change from ${shown(before)} to ${shown(after)}`,
    );
}

function leaves(deltas: readonly Delta[], above = ''): readonly Delta[] {
  return deltas.flatMap((each) => {
    const path = above === '' ? each.path : `${above}.${each.path}`;
    return each.children && each.children.length > 0 ? leaves(each.children, path) : [{ ...each, path }];
  });
}

function shown(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value);
}
