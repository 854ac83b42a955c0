import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { isRefused, licenceRows } from '../../../packaging/licence-report.ts'
import { shippedPackages } from '../../../packaging/shipped-packages.ts'

test('nothing ships under a copyleft licence, and nothing whose licence nobody knows', () => {
  const refused = shippedPackages(resolve(import.meta.dirname, '../../..'))
    .flatMap(licenceRows)
    .filter(isRefused)
  expect(refused.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([])
})
