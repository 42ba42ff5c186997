import { z } from 'zod';
import type { RecordStore } from '../../ports/record-store.ts';
import type { ExportPass } from '../../use-cases/privacy/export-links.ts';
import type { Kind, World } from '../kind.ts';
import { personalRecords, recordsOf } from '../records-of.ts';

const pass = z.object({ until: z.number() }) satisfies z.ZodType<ExportPass>;

/** The links that open somebody's export. */
export function exportPasses(world: Pick<World, 'records'>): RecordStore<ExportPass> {
  return recordsOf(world, 'exports', pass);
}

/** Links to an export go with whoever is forgotten. Who they are for is exported by everything else. */
export const exports: Kind = {
  name: 'export my data',
  open(world) {
    const { forget } = personalRecords(exportPasses(world), 'exports');
    return { personalData: { export: async () => ({}), forget } };
  },
};
