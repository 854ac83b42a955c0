import { expect, test } from 'vitest'
import { describeEstimate } from '../../../../src/main/commands/estimate-words.ts'

const estimate = {
  stepCount: 4000,
  sec: { lowSec: 3600, highSec: 7200 },
  memoryBytes: 2.5e9,
  diskBytes: 0.4e9,
  engine: 'WebGPU',
  freeMemoryBytes: 8e9,
}

test('what a training takes is one line, with what takes its steps where that is said', () => {
  const line = '4000 steps: 1:00:00 to 2:00:00 on WebGPU, about 2.5 GB of memory and 0.4 GB of disk\n'
  expect(describeEstimate(estimate)).toBe(line)
  expect(describeEstimate(estimate, 'paper')).toBe(`paper, ${line}`)
})

test('what nobody knows, and memory that is not free, is said with it', () => {
  expect(describeEstimate({ ...estimate, sec: null, engine: null, freeMemoryBytes: 1e9 })).toBe(
    '4000 steps: nobody knows how long: run "understudy backend", ' +
      'about 2.5 GB of memory, and 1.0 GB are free and 0.4 GB of disk\n',
  )
})

test('tables take no steps, no engine and no disk worth a word', () => {
  expect(describeEstimate({ ...estimate, stepCount: 0 })).toMatch(/^statistics: [^,]+, about 2\.5 GB of memory\n$/)
})
