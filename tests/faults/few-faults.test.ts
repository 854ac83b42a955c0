import { beforeAll, describe, expect, test, vi } from 'vitest'
import { runCampaign, type StepReport } from './campaign.ts'
import { hostKilled } from './kinds/host-killed.ts'
import { renderTruncated } from './kinds/render-truncated.ts'

// Real processes, on a machine that may be busy with the other tests. Hundreds of faults of every kind: npm run test:faults.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const faults = [renderTruncated, hostKilled]

describe.skipIf(process.platform === 'win32')('while the real host saves, converts, imports and exports', () => {
  let reports: readonly StepReport[] = []
  beforeAll(async () => {
    reports = await runCampaign({ seed: 3, faults, from: 0, to: faults.length })
  })

  test.each(faults.map(({ kind, what }) => ({ kind, what })))(
    '$what: the song, the library, the renders and the jobs are as they must be, and the work goes on',
    ({ kind }) => {
      const [report] = reports.filter((one) => one.kind === kind)
      expect(report.complaints).toEqual([])
    },
  )
})
