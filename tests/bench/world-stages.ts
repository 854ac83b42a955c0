import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createKernels, kernelNames, type Kernels } from '../../src/shared/kernels/kernels.ts'
import { cheapTrick, d4c, dio, harvest, stoneMask, synthesize } from '../../src/shared/world/index.ts'

export const kernelsFolder = join(import.meta.dirname, '../../out/kernels')

/** The kernels as the build leaves them: `npm run build:kernels`. */
export const builtKernels = (): Kernels =>
  createKernels(
    Object.fromEntries(
      kernelNames.map((name) => [name, new Uint8Array(readFileSync(join(kernelsFolder, `${name}.wasm`)))]),
    ),
  )

/** A sung tone with vibrato, twelve harmonics, breath and a rest at the end of every second. */
export function sungTone(fs: number, durationSec: number): Float64Array {
  let phase = 0
  let random = 1
  return Float64Array.from({ length: fs * durationSec }, (_, i) => {
    const sec = i / fs
    phase += (2 * Math.PI * 220 * (1 + 0.02 * Math.sin(2 * Math.PI * 5.5 * sec))) / fs
    random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff
    const breath = 0.002 * (random / 0x40000000 - 1)
    if (sec % 1 > 0.9) return breath
    let sum = 0
    for (let h = 1; h <= 12; h++) sum += Math.cos(h * phase) / h
    return 0.15 * sum + breath
  })
}

export const stageNames = ['DIO', 'StoneMask', 'Harvest', 'CheapTrick', 'D4C', 'synthesis'] as const
export type StageName = (typeof stageNames)[number]

/** Every stage over one sound, each with the input that it has in the pipeline. */
export function createStages(fs: number, durationSec: number, kernels: Kernels): Record<StageName, () => number> {
  const x = sungTone(fs, durationSec)
  const rough = dio(x, fs, {}, kernels.pitch)
  const f0 = stoneMask(x, fs, rough, undefined, kernels.pitch)
  const envelope = cheapTrick(x, fs, f0, {}, kernels.envelopes)
  const breath = d4c(x, fs, f0, {}, kernels.aperiodicity)
  return {
    DIO: () => dio(x, fs, {}, kernels.pitch)[10],
    StoneMask: () => stoneMask(x, fs, rough, undefined, kernels.pitch)[10],
    Harvest: () => harvest(x, fs, {}, kernels.pitch)[10],
    CheapTrick: () => cheapTrick(x, fs, f0, {}, kernels.envelopes).values[10],
    D4C: () => d4c(x, fs, f0, {}, kernels.aperiodicity).values[10],
    synthesis: () => synthesize(f0, envelope, breath, fs, {}, kernels.synthesis)[10],
  }
}
