import { openEngine } from '../../src/main/compute/engines/backend.ts'
import { engines } from '../../src/main/compute/engines/engines.ts'
import { measureStepsPerSec } from '../../src/main/compute/engines/self-test.ts'
import { gflopPerStep } from '../../src/main/compute/engines/step-cost.ts'
import { applicationPaths } from '../../src/main/paths.ts'
import { keep, medianMs, type BenchRow } from './stopwatch.ts'

const STEPS = 6
const MATRIX = 192

/** Steps per second of every engine that starts on this machine, beside a plain loop's multiply-adds. */
export async function benchTraining(): Promise<BenchRow[]> {
  const plainMs = medianMs(3, plainProduct)
  const plainGflops = (2 * MATRIX ** 3) / plainMs / 1e6
  const rows: BenchRow[] = []
  const setting = {
    enginesFolder: applicationPaths({ modelsFolder: '' }, process.env).enginesFolder,
    hasWindows: false,
  }
  for (const engine of engines) {
    if (engine.isHidden || engine.body === 'window' || !engine.probe(setting).isPresent) continue
    const isOpen = await openEngine(engine, setting).then(
      () => true,
      () => false,
    )
    if (!isOpen) continue
    const stepsPerSec = await measureStepsPerSec(() => performance.now(), STEPS)
    rows.push({
      name: `training, ${engine.label}`,
      measured: `${stepsPerSec.toFixed(1)} steps/s (${(stepsPerSec * gflopPerStep()).toFixed(1)} GFLOP/s)`,
      baseline: `a plain loop: ${plainGflops.toFixed(2)} GFLOP/s`,
      ratio: (stepsPerSec * gflopPerStep()) / plainGflops,
      meaning: 'times the arithmetic of a plain loop',
    })
  }
  return rows
}

function plainProduct(): void {
  const a = new Float32Array(MATRIX * MATRIX).fill(0.5)
  const b = new Float32Array(MATRIX * MATRIX).fill(0.25)
  for (let row = 0; row < MATRIX; row++) {
    for (let column = 0; column < MATRIX; column++) {
      let sum = 0
      for (let index = 0; index < MATRIX; index++) sum += a[row * MATRIX + index] * b[index * MATRIX + column]
      keep(sum)
    }
  }
}
