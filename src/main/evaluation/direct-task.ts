import { silentProgress } from '../../shared/base/progress.ts'
import { builtKernelsFolder } from '../compute/kernels.ts'
import type { TaskContext } from '../compute/task-context.ts'
import { openFastestEngine } from './open-fastest-engine.ts'

/** So often a training that runs for hours says how far it is. */
const TOLD_EVERY_MS = 30_000

/**
 * Runs a worker's task in this process, on the fastest engine that is installed: for recipes and measurements.
 * @param tell takes lines without their end
 * @param wish asked between steps
 */
export async function openDirectTask(
  enginesFolder: string | null,
  tell: (line: string) => void,
  wish: () => TaskContext['wish'] = () => null,
): Promise<TaskContext> {
  const backend = await openFastestEngine(enginesFolder)
  let told = 0
  return {
    backend,
    progress: {
      ...silentProgress,
      report(fraction, phase) {
        if (performance.now() - told < TOLD_EVERY_MS) return
        told = performance.now()
        const { user, system } = process.cpuUsage()
        const cpuMin = (user + system) / 6e7
        tell(`${(100 * fraction).toFixed(1)} % after ${cpuMin.toFixed(1)} min of processor time. ${phase ?? ''}`)
      },
    },
    onTrainingPoint: () => {},
    get wish() {
      return wish()
    },
    breathe: () => new Promise((done) => setImmediate(done)),
    modelsFolder: '',
    kernelsFolder: builtKernelsFolder(),
    nowMs: () => performance.now(),
    log: tell,
  }
}
