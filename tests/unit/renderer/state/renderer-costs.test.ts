import { expect, test } from 'vitest'
import { rendererCosts } from '../../../../src/renderer/state/renderer-costs.ts'
import type { SingerId } from '../../../../src/shared/base/id.ts'
import type { Job } from '../../../../src/shared/contract/jobs.ts'
import { defaultPerformance } from '../../../../src/shared/project/performance.ts'
import type { RendererId } from '../../../../src/shared/project/renderers.ts'

const plain = defaultPerformance('mira' as SingerId)
const converted = (renderer: RendererId, renderSec: number, durationSamples: number, wasCached = false) =>
  ({
    outcome: {
      kind: 'convert',
      render: { performance: { ...plain, renderer } },
      report: { renderSec, durationSamples },
      wasCached,
    },
  }) as unknown as Job // all of a job that is looked at

test('before anything was converted no cost is named', () => {
  expect(rendererCosts([], 48_000)).toEqual({})
  expect(rendererCosts([converted('filter', 3, 480_000, true)], 48_000)).toEqual({})
})

test('what each renderer took is told of all that it did here', () => {
  const jobs = [converted('filter', 2, 480_000), converted('world', 9, 480_000), converted('filter', 2, 1_440_000)]
  expect(rendererCosts(jobs, 48_000)).toEqual({ filter: 0.1, world: 0.9 })
})
