import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createNearestKernel, nearestReference, type NearestNeighbors } from '../../shared/kernels/nearest.ts'

/** The compiled kernel where the build left it, else its plain twin, which is slower and says the same. */
export function loadNearest(kernelsFolder: string, log: (line: string) => void): NearestNeighbors {
  try {
    return createNearestKernel(readFileSync(join(kernelsFolder, 'nearest.wasm')))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    log(`nearest neighbors run through the reference, not the kernel: ${reason}`)
    return nearestReference
  }
}
