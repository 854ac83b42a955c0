import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createKernels, kernelNames, type Kernels } from '../../shared/kernels/kernels.ts'

/** From an entry of the build, from a part that its entries share, and from the source. */
const placesOfKernels = ['../kernels', '../../kernels', '../../../out/kernels']

/** Where the build leaves the kernels of this program. */
export function builtKernelsFolder(): string {
  const places = placesOfKernels.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  return places.find((place) => existsSync(place)) ?? places[places.length - 1]
}

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
