import { expect, test } from 'vitest'
import { movedRuns } from '../../../../../src/shared/conversion/transposition/moved-runs.ts'

const run = (frames: number, hz: number) => new Array<number>(frames).fill(hz)

test('a voiced run is made anew from pause to pause when one of its frames is moved, and else left', () => {
  const f0 = Float64Array.from([...run(10, 200), ...run(10, 0), ...run(10, 200), ...run(10, 0), ...run(10, 200)])
  const ratio = new Float64Array(50).fill(1)
  ratio[24] = 1.1
  ratio[35] = 2
  const moved = Array.from(movedRuns(f0, ratio))
  expect(moved).toEqual([...run(15, 0), ...run(20, 1), ...run(15, 0)])
})

test('a slip of the tracker parts no run', () => {
  const f0 = Float64Array.from([...run(10, 200), ...run(3, 0), ...run(10, 200)])
  const ratio = new Float64Array(23).fill(1)
  ratio[0] = 1.5
  expect(Array.from(movedRuns(f0, ratio))).toEqual(run(23, 1))
})
