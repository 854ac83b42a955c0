import { parentPort, workerData } from 'node:worker_threads'
import type { FromRemote, ToRemote } from '../../../shared/networks/remote/messages.ts'
import { serveWork } from '../../../shared/networks/remote/serve-work.ts'
import { isOutOfMemory, renewEngine } from '../../../shared/nn/out-of-memory.ts'
import { openEngine } from '../engines/backend.ts'
import { findEngine } from '../engines/engines.ts'
import type { ShardThreadData } from './shard-threads.ts'

// Entry of a thread that computes shards of a batch on an engine of its own. Whoever starts the thread gives it this.
const { engine: name } = workerData as ShardThreadData

/** A gradient moves instead of being copied. */
function send(message: FromRemote): void {
  const isGradient = message.kind === 'done' && message.result.kind === 'gradient'
  const { buffer } = isGradient ? message.result.gradient : { buffer: null }
  parentPort?.postMessage(message, buffer instanceof ArrayBuffer ? [buffer] : [])
}

const engine = findEngine(name)
if (engine === undefined) throw new Error(`“${name}” is no engine of this program`)
const { device, version } = await openEngine(engine, { enginesFolder: null, hasWindows: false })
const receive = serveWork(send, async (cause) => {
  if (isOutOfMemory(cause)) await renewEngine()
})
parentPort?.on('message', (message: ToRemote) => receive(message))
send({ kind: 'ready', device: device ?? '', driver: '', version })
