import type { Fault } from './fault.ts'

export const hostKilled: Fault = {
  kind: 'host-killed',
  what: 'the host is killed',
  async inject(stage) {
    await stage.end('kill')
    return { detail: 'the host' }
  },
}
