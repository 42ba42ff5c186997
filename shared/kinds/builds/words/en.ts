export const en = {
  title: 'Build finished',
  results: { succeeded: 'succeeded', failed: 'failed', canceled: 'canceled' },
  headline: (pipeline: string, number: string, result: string) => `Build ${pipeline} #${number} ${result}`,
  onBranch: (title: string, branch: string) => `${title} on ${branch}`,
  facts: { branch: 'Branch' },
  open: 'Open the build',
  topics: { builds: 'All builds', pipeline: 'Builds of one pipeline' },
};
