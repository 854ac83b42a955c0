import './studio.ts'
import '../../src/main/command-line.ts'

/*
 * Loads what processes of the program begin with, and ends: Node then keeps it compiled. An entry of a worker says
 * that nobody started it as one; by then it is compiled.
 */
const workers = [
  'compute/worker.ts',
  'compute/crew-worker.ts',
  'compute/sampling/sampling-worker.ts',
  'compute/shards/shard-worker.ts',
  'library/worker.ts',
  'projects/demo-worker.ts',
]
const laterParts = [
  'compute/converters/waveform.ts',
  'compute/emotions/relgan-region.ts',
  'compute/engines/backend-wasm.ts',
  'compute/tasks/learn-relgan.ts',
  'compute/tasks/learn-waveform.ts',
  'evaluation/run-evaluation.ts',
]
await Promise.allSettled([...workers, ...laterParts].map((path) => import(`../../src/main/${path}`)))
process.exit()
