import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestedAddress } from '../../../../src/main/page/requested-address.ts'

test('whatever a request names is read or is nothing: it never throws', () => {
  fc.assert(fc.property(fc.string(), (url) => requestedAddress(url) === null || requestedAddress(url) instanceof URL))
  for (const url of ['//', '///', '/\\\\', '//x:99999999', 'http://a b']) expect(requestedAddress(url)).toBeNull()
})

test('path and query are told apart, and no address is the root', () => {
  expect(requestedAddress('/line?word=w')?.searchParams.get('word')).toBe('w')
  expect(requestedAddress(undefined)?.pathname).toBe('/')
})
