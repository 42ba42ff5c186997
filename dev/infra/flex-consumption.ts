/**
 * App settings that a Flex Consumption app must not have: the platform refuses or ignores them, or sets them itself
 * from `functionAppConfig`.
 */
const forbidden: readonly RegExp[] = [
  /^FUNCTIONS_EXTENSION_VERSION$/,
  /^FUNCTIONS_WORKER_RUNTIME(_VERSION)?$/,
  /^FUNCTIONS_WORKER_PROCESS_COUNT$/,
  /^FUNCTIONS_MAX_HTTP_CONCURRENCY$/,
  /^ENABLE_ORYX_BUILD$/,
  /^SCM_DO_BUILD_DURING_DEPLOYMENT$/,
  /^WEBSITE_RUN_FROM_PACKAGE$/,
  /^WEBSITE_NODE_DEFAULT_VERSION$/,
  /^WEBSITE_CONTENT/,
  /^WEBSITE_TIME_ZONE$/,
  /^WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT$/,
  /^WEBSITE_VNET_ROUTE_ALL$/,
  /^WEBSITE_USE_PLACEHOLDER/,
  /^AzureWebJobsDashboard$/,
  /^TZ$/,
];

export function isForbiddenOnFlex(setting: string): boolean {
  return forbidden.some((pattern) => pattern.test(setting));
}
