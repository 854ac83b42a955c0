// A worker process that does what the path of an `analyze` task says.
let current = null

if (process.env.WORKER_TEST_REFUSES_TO_START) process.exit(3)
process.on('disconnect', () => process.exit(0))
process.on('message', (message) => {
  if (message.kind === 'run') run(message)
  else if (current?.taskId === message.taskId) answer(message)
})
process.send({ kind: 'ready', backend: 'wasm', reason: 'for tests' })

function run({ taskId, task }) {
  current = { taskId, path: task.request.path }
  process.send({ kind: 'progress', taskId, fraction: 0.5, phase: String(process.pid) })
  if (current.path === 'die') process.exit(7)
  if (current.path === 'deaf') setInterval(() => {}, 1000)
  if (current.path === 'loop') for (;;);
  if (current.path === 'answer') process.send({ kind: 'failed', taskId, failure: { code: 'not-found', message: 'no' } })
}

function answer({ kind, taskId }) {
  if (current.path === 'deaf') return
  process.send({ kind: kind === 'cancel' ? 'cancelled' : 'paused', taskId })
}
