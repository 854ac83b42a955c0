import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { ShippedPackage } from './shipped-packages.ts'

const component = z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() })
const cycloneDx = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string() }) }),
  components: z.array(component),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
})
export type BillOfMaterials = z.infer<typeof cycloneDx>

export const parseBill = (text: string): BillOfMaterials => cycloneDx.parse(JSON.parse(text))

/**
 * Narrows npm's bill of the whole lock file to what ships, and takes out what changes from call to call, so that the
 * same lock file gives the same bytes.
 * @param lockText the lock file, whose digest becomes the bill's serial number
 */
export function shippedBill(
  whole: BillOfMaterials,
  shipped: readonly ShippedPackage[],
  lockText: string,
): BillOfMaterials {
  const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`))
  const components = whole.components.filter(({ name, version }) => wanted.has(`${name}@${version}`))
  const refs = new Set(components.map((part) => part['bom-ref']))
  const { timestamp: _timestamp, ...metadata } = whole.metadata
  return {
    ...whole,
    serialNumber: `urn:uuid:${uuidOf(lockText)}`,
    metadata: { ...metadata, component: { ...whole.metadata.component, name: 'understudy' } },
    components,
    dependencies: whole.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map((dependency) => ({ ...dependency, dependsOn: dependency.dependsOn?.filter((ref) => refs.has(ref)) ?? [] })),
  }
}

/** A name-based UUID (RFC 9562, version 8): the same text, the same number. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = ((Number.parseInt(hex[16], 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-')
}
