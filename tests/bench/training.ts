import { measureBackend, selectBackend } from '../../src/main/compute/backend.ts'
import { keep, medianMs, type BenchRow } from './stopwatch.ts'

/** Of one step of the fast size, batch 8 × 160: forward and both gradients. */
const GFLOP_PER_STEP = 1.375
const STEPS = 6
const MATRIX = 192

/** Steps per second of every engine that starts on this machine, beside a plain loop's multiply-adds. */
export async function benchTraining(): Promise<BenchRow[]> {
  const plainMs = medianMs(3, plainProduct)
  const plainGflops = (2 * MATRIX ** 3) / plainMs / 1e6
  const rows: BenchRow[] = []
  for (const wanted of ['wasm', 'tensorflow']) {
    const backend = await selectBackend({ wanted, enginesFolder: null, nowMs: () => performance.now() }).catch(
      () => null,
    )
    // Asked for one that is not there, another answers: it has its own row.
    if (backend?.id !== wanted) continue
    const stepsPerSec = await measureBackend(() => performance.now(), STEPS)
    rows.push({
      name: `training, ${wanted}`,
      measured: `${stepsPerSec.toFixed(1)} steps/s (${(stepsPerSec * GFLOP_PER_STEP).toFixed(1)} GFLOP/s)`,
      baseline: `a plain loop: ${plainGflops.toFixed(2)} GFLOP/s`,
      ratio: (stepsPerSec * GFLOP_PER_STEP) / plainGflops,
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
