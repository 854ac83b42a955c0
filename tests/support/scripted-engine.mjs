// A worker process that behaves as its engine's name says; in a self-test, and while it works on a task.
const engine = process.env.UNDERSTUDY_ENGINE
const isSelfTest = process.argv.includes('self-test')
const send = (message) => process.send(message)
const speeds = { quick: 20, slow: 2 }

process.on('disconnect', () => process.exit(0))
if (isSelfTest) tryIt()
else work()

function tryIt() {
  send({ kind: 'testing', phase: 'starting' })
  if (engine === 'crashes') {
    process.stderr.write('[native] Error: the driver is broken\n', () => process.abort())
  } else if (engine === 'hangs') {
    setInterval(() => {}, 1000)
  } else if (engine === 'wrong') {
    send({ kind: 'test-failed', reason: 'wrong numbers in the self-test: loss is 3, expected 1.83284' })
  } else {
    const stepsPerSec = speeds[engine] ?? 5
    const test = { version: '1', device: engine, memoryBytes: null, startMs: 1, residentBytes: 1, stepsPerSec }
    send({ kind: 'tested', test: { ...test, gflopPerSec: stepsPerSec, inferenceMs: 10 / stepsPerSec } })
  }
}

function work() {
  process.on('message', (message) => {
    if (message.kind !== 'run') return
    const { taskId } = message
    send({ kind: 'progress', taskId, fraction: 0.5, phase: engine })
    if (engine === 'quick') return process.abort()
    send({ kind: 'failed', taskId, failure: { code: 'not-found', message: `answered by ${engine}` } })
  })
  send({ kind: 'ready', backend: engine })
}
