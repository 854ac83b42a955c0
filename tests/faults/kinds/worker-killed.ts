import type { Fault } from './fault.ts'

export const workerKilled: Fault = {
  kind: 'worker-killed',
  what: 'a compute worker is killed',
  async inject(stage, random) {
    const workers = stage.host().workers()
    if (workers.length === 0) return { detail: 'no worker was up' }
    const { pid, role } = workers[random.integer(workers.length)]
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      return { detail: `the ${role} worker ended by itself` }
    }
    return { detail: `the ${role} worker` }
  },
}
