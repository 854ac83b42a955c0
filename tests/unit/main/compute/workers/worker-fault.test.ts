import { expect, test } from 'vitest'
import { failureOfFault } from '../../../../../src/main/compute/workers/worker-fault.ts'
import { failure, FailureError } from '../../../../../src/shared/base/errors.ts'

test.each([
  ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'engine-out-of-memory'],
  ['Array buffer allocation failed', 'engine-out-of-memory'],
  ['OOM when allocating tensor with shape[8,4096,64]', 'engine-out-of-memory'],
  ['RESOURCE_EXHAUSTED: failed to allocate memory', 'engine-out-of-memory'],
  ["terminate called after throwing an instance of 'std::bad_alloc'", 'engine-out-of-memory'],
  ['A valid external Instance reference no longer exists: device was lost', 'engine-device-lost'],
  ['the graphics device was lost: VK_ERROR_DEVICE_LOST', 'engine-device-lost'],
  ['cannot read properties of undefined', 'program-fault'],
] as const)('“%s” is told as %s', (words, code) => {
  const told = failureOfFault(new Error(words))
  expect(told.code).toBe(code)
  expect(told.details).toContain(words)
})

test('an expected failure stays as it is', () => {
  const expected = failure('clips-too-few', 'Too few.')
  expect(failureOfFault(new FailureError(expected))).toBe(expected)
})
