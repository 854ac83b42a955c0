import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SamplerPrecision } from '../../../shared/sampling/memory/network.ts'
import { builtKernelsFolder } from '../kernels.ts'

export type SamplerModules = Readonly<Partial<Record<SamplerPrecision, Uint8Array<ArrayBuffer>>>>

const precisions: readonly SamplerPrecision[] = ['f32', 'w16a14', 'w8a7']

/**
 * The samplers that the build left in a folder and that this machine understands: bytes are multiplied by an
 * instruction that older engines do not have.
 */
export function loadSamplerModules(folder: string = builtKernelsFolder()): SamplerModules {
  const found = precisions.flatMap((precision) => {
    try {
      const bytes = new Uint8Array(readFileSync(join(folder, `wavenet-${precision}.wasm`)))
      return WebAssembly.validate(bytes) ? [[precision, bytes] as const] : []
    } catch {
      return []
    }
  })
  return Object.fromEntries(found)
}
