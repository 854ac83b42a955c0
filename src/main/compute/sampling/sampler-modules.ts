import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SamplerPrecision } from '../../../shared/sampling/memory/network.ts'
import { builtKernelsFolder } from '../kernels.ts'

type SamplerFile = SamplerPrecision | 'f32-fused'
type SamplerModule = Uint8Array<ArrayBuffer>
export type SamplerModules = Readonly<Partial<Record<SamplerFile, SamplerModule>>>

const files: readonly SamplerFile[] = ['f32', 'f32-fused', 'w16a14', 'w8a7']

/** What sings: of f32 the fused one where there is one, a tenth faster and of other last bits on other machines. */
export const moduleOf = (modules: SamplerModules, precision: SamplerPrecision): SamplerModule | undefined =>
  (precision === 'f32' ? modules['f32-fused'] : undefined) ?? modules[precision]

/**
 * The samplers that the build left in a folder and that this machine understands: bytes are multiplied, and products
 * fused with sums, by instructions that older engines do not have. `f32` itself is not fused: by its peaks the integers
 * are scaled, which are the same everywhere.
 */
export function loadSamplerModules(folder: string = builtKernelsFolder()): SamplerModules {
  const found = files.flatMap((file) => {
    try {
      const bytes = new Uint8Array(readFileSync(join(folder, `wavenet-${file}.wasm`)))
      return WebAssembly.validate(bytes) ? [[file, bytes] as const] : []
    } catch {
      return []
    }
  })
  return Object.fromEntries(found)
}
