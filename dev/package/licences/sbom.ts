import { defined } from '../../../shared/domain/defined.ts';
import type { BundledPackage } from './bundled-packages.ts';

/**
 * The bill of materials as CycloneDX 1.6 JSON: what is in the bundle, and nothing that only helped to make it. Neither a
 * serial number nor a time is in it: the same source gives the same bytes.
 */
export function sbom(
  app: { readonly name: string; readonly version: string },
  packages: readonly BundledPackage[],
): string {
  const root = `pkg:npm/${app.name}@${app.version}`;
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': root,
        name: app.name,
        version: app.version,
        licenses: [{ license: { id: 'MIT' } }],
        purl: root,
      },
    },
    components: packages.map(component),
    dependencies: [
      { ref: root, dependsOn: packages.map((one) => purl(one.name, one.version)) },
      ...packages.map(({ name, version, imports }) => ({
        ref: purl(name, version),
        dependsOn: imports.map(purlOfKey),
      })),
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function component({ name, version, licence, integrity }: BundledPackage): object {
  const [group, plain] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const [algorithm, digest] = integrity?.split('-', 2) ?? [];
  return {
    type: 'library',
    'bom-ref': purl(name, version),
    ...defined({ group }),
    name: plain,
    version,
    licenses: [{ license: { id: licence } }],
    purl: purl(name, version),
    ...(algorithm === 'sha512' && digest !== undefined
      ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] }
      : {}),
  };
}

function purl(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** `@azure/identity@4.13.1` */
function purlOfKey(key: string): string {
  const at = key.lastIndexOf('@');
  return purl(key.slice(0, at), key.slice(at + 1));
}
