// A worker process that does what the path of an `analyze` task says. `once <file> <what>` does it the first time
// alone: the file remembers that it was done.
import { existsSync, writeFileSync } from 'node:fs'

let current = null
let pace = 'full'

if (process.env.WORKER_TEST_REFUSES_TO_START) process.exit(3)
process.on('disconnect', () => process.exit(0))
process.on('message', (message) => {
  if (message.kind === 'run') run(message)
  else if (message.kind === 'pace') pace = `${message.pace}: ${message.reason}`
  else if (current?.taskId === message.taskId) answer(message)
})
if (!process.env.WORKER_TEST_HANGS_AT_START) process.send({ kind: 'ready', backend: 'wasm' })

function run({ taskId, task }) {
  const path = whatToDo(task.request.path)
  current = { taskId, path }
  process.send({ kind: 'progress', taskId, fraction: 0.5, phase: String(process.pid) })
  if (path === 'die') process.exit(7)
  if (path === 'abort')
    process.stderr.write('FATAL ERROR: Allocation failed - JavaScript heap out of memory\n', () => process.abort())
  if (path === 'deaf') setInterval(() => {}, 1000)
  if (path === 'loop') for (;;);
  if (path === 'long') setTimeout(() => fail('not-found', 'no'), 250)
  if (path === 'heavy') process.send({ kind: 'beat', residentBytes: 5e9 })
  if (path === 'lost') fail('engine-device-lost', 'the device was lost')
  if (path === 'pace') fail('not-found', pace)
  if (path === 'leak') process.send({ kind: 'accounted', taskId, leakedTensors: 3, leakedBytes: 120, heldTensors: 3 })
  if (path === 'answer' || path === 'leak') fail('not-found', 'no')
}

function whatToDo(path) {
  const [word, file, what] = path.split(' ')
  if (word !== 'once') return path
  if (existsSync(file)) return 'answer'
  writeFileSync(file, '')
  return what
}

const fail = (code, message) => process.send({ kind: 'failed', taskId: current.taskId, failure: { code, message } })

function answer({ kind, taskId }) {
  if (current.path === 'deaf') return
  process.send({ kind: kind === 'cancel' ? 'cancelled' : 'paused', taskId })
}
