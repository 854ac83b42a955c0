import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createKernels, kernelNames, type Kernels } from '../../shared/kernels/kernels.ts'

const loaded = new Map<string, Kernels>()

/**
 * The compiled kernels that the build left in a folder, made once a thread. For what is missing the plain twins compute,
 * which are slower and say the same.
 */
export function loadKernels(kernelsFolder: string, log: (line: string) => void): Kernels {
  const known = loaded.get(kernelsFolder)
  if (known !== undefined) return known
  const modules = kernelNames.flatMap((name) => {
    try {
      return [[name, new Uint8Array(readFileSync(join(kernelsFolder, `${name}.wasm`)))] as const]
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      log(`the plain twin of the kernel ${name} computes in its place: ${reason}`)
      return []
    }
  })
  const kernels = createKernels(Object.fromEntries(modules))
  loaded.set(kernelsFolder, kernels)
  return kernels
}
