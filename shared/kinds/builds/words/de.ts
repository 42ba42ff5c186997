import type { Wording } from '../../../locale/wording.ts';
import type { en } from './en.ts';

export const de: Wording<typeof en> = {
  title: 'Build beendet',
  results: { succeeded: 'erfolgreich', failed: 'fehlgeschlagen', canceled: 'abgebrochen' },
  headline: (pipeline, number, result) => `Build ${pipeline} #${number} ${result}`,
  onBranch: (title, branch) => `${title} auf ${branch}`,
  facts: { branch: 'Branch' },
  open: 'Build öffnen',
  topics: { builds: 'Alle Builds', pipeline: 'Builds einer Pipeline' },
};
