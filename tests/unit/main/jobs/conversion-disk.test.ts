import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { bytesToConvert, requireDisk } from '../../../../src/main/jobs/conversion-disk.ts'

test('an hour at 48 kHz is expected to take its stereo render and a gigabyte of features', () => {
  const bytes = bytesToConvert(3600 * 48_000, 48_000)
  expect(bytes).toBeGreaterThan(3600 * 48_000 * 8 + 1e9)
  expect(bytes).toBeLessThan(2.6e9)
})

test('a conversion that does not fit is refused with what is free, what is needed and what to do', async () => {
  await expect(requireDisk(tmpdir(), 1e18)).rejects.toMatchObject({
    failure: { code: 'disk-full', message: expect.stringContaining('1000000000000 MB'), remedy: expect.any(String) },
  })
})
